package dev.clearspan.rpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The default codec: protobuf's binary form. Thread-safe.
 *
 * @param <T> the message type, mostly a generated one
 */
public final class ProtobufCodec<T extends Message> implements Codec<T> {
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
      return parser.parseFrom(source, extensions);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "payload: %d bytes that are not a %s: %s (expected: protobuf)"
              .formatted(length, prototype.getDescriptorForType().getFullName(), e.getMessage()),
          e);
    }
  }
}
