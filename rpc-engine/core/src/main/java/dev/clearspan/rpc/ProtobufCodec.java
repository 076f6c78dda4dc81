package dev.clearspan.rpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The default codec: protobuf's binary form. Thread-safe. The {@code bytes} fields of a decoded
 * message of more than 32 KiB are views of one array: whoever keeps a small one keeps all.
 *
 * @param <T> the message type, mostly a generated one
 */
public final class ProtobufCodec<T extends Message> implements Codec<T> {
  // Protobuf parses arrays only, and would make one of each buffer that is none.
  private static final int SCRATCH_BYTES = 32 * 1024;
  private static final ThreadLocal<byte[]> SCRATCH = ThreadLocal.withInitial(() -> new byte[0]);

  private final T prototype;
  private final Parser<T> parser;
  private final ExtensionRegistryLite extensions;

  private ProtobufCodec(T prototype, Parser<T> parser, ExtensionRegistryLite extensions) {
    this.prototype = prototype;
    this.parser = parser;
    this.extensions = extensions;
  }

  /** The codec of the message's type; generated code passes {@code X.getDefaultInstance()}. */
  public static <T extends Message> ProtobufCodec<T> of(T prototype) {
    return of(prototype, ExtensionRegistryLite.getEmptyRegistry());
  }

  /** The codec of the message's type that reads these extensions as fields. */
  @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
  public static <T extends Message> ProtobufCodec<T> of(
      T prototype, ExtensionRegistryLite extensions) {
    return new ProtobufCodec<>(prototype, (Parser<T>) prototype.getParserForType(), extensions);
  }

  /** An empty message of the type, through which JSON and reflection see its fields. */
  public T prototype() {
    return prototype;
  }

  @Override
  public String name() {
    return "proto";
  }

  @Override
  public int sizeOf(T message) {
    return message.getSerializedSize();
  }

  @Override
  public void encode(T message, ByteBuffer target) {
    CodedOutputStream out = CodedOutputStream.newInstance(target);
    try {
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public T decode(ByteBuffer source) {
    int length = source.remaining();
    try {
      return length <= SCRATCH_BYTES ? parseFromScratch(source, length) : parseInPlace(source);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "payload: %d bytes that are not a %s: %s (expected: protobuf)"
              .formatted(length, prototype.getDescriptorForType().getFullName(), e.getMessage()),
          e);
    }
  }

  private T parseFromScratch(ByteBuffer source, int length) throws InvalidProtocolBufferException {
    if (source.hasArray()) {
      return parser.parseFrom(source, extensions);
    }
    byte[] scratch = SCRATCH.get();
    if (scratch.length < length) {
      scratch = new byte[Math.max(1024, Integer.highestOneBit(length - 1) << 1)];
      SCRATCH.set(scratch);
    }
    source.get(scratch, 0, length);
    return parser.parseFrom(scratch, 0, length, extensions);
  }

  /** Fields of type {@code bytes} of the message share one copy of the source. */
  private T parseInPlace(ByteBuffer source) throws InvalidProtocolBufferException {
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    in.enableAliasing(true);
    T message = parser.parseFrom(in, extensions);
    in.checkLastTagWas(0);
    return message;
  }
}
