package dev.clearspan.rpc.internal.http1;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Message bodies of Connect's unary calls: protobuf's JSON form, or protobuf itself. */
enum ConnectCodec {
  JSON("application/json") {
    @Override
    <Q> Q read(MethodSpec<Q, ?> method, ByteBuf body) {
      ProtobufCodec<?> codec = (ProtobufCodec<?>) method.requestCodec();
      Message.Builder builder = codec.prototype().newBuilderForType();
      try {
        PARSER.merge(body.toString(StandardCharsets.UTF_8), builder);
      } catch (InvalidProtocolBufferException e) {
        throw new UndecodableRequest(
            method.fullName(), new IllegalArgumentException(e.getMessage(), e));
      }
      return built(builder);
    }

    @Override
    <R> ByteBuf write(MethodSpec<?, R> method, R message) {
      try {
        String json = PRINTER.print((MessageOrBuilder) message);
        return Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }

    @Override
    boolean speaks(MethodSpec<?, ?> method) {
      return method.requestCodec() instanceof ProtobufCodec
          && method.responseCodec() instanceof ProtobufCodec;
    }
  },

  PROTO("application/proto") {
    @Override
    <Q> Q read(MethodSpec<Q, ?> method, ByteBuf body) {
      try {
        return method.requestCodec().decode(body.nioBuffer());
      } catch (RuntimeException e) {
        throw new UndecodableRequest(method.fullName(), e);
      }
    }

    @Override
    <R> ByteBuf write(MethodSpec<?, R> method, R message) {
      Codec<R> codec = method.responseCodec();
      ByteBuffer bytes = ByteBuffer.allocate(codec.sizeOf(message));
      codec.encode(message, bytes);
      return Unpooled.wrappedBuffer(bytes.flip());
    }

    @Override
    boolean speaks(MethodSpec<?, ?> method) {
      return method.requestCodec().name().equals("proto");
    }
  };

  private static final JsonFormat.Parser PARSER = JsonFormat.parser();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final String contentType;

  ConnectCodec(String contentType) {
    this.contentType = contentType;
  }

  /** The codec of a Content-Type, parameters aside; null for others. */
  static @Nullable ConnectCodec ofType(@Nullable String contentType) {
    if (contentType == null) {
      return null;
    }
    int parameters = contentType.indexOf(';');
    String plain = parameters < 0 ? contentType : contentType.substring(0, parameters);
    for (ConnectCodec codec : values()) {
      if (codec.contentType.equalsIgnoreCase(plain.trim())) {
        return codec;
      }
    }
    return null;
  }

  /** The codec of this name, "json" or "proto"; null for others. */
  static @Nullable ConnectCodec ofName(String name) {
    return ofType("application/" + name);
  }

  String contentType() {
    return contentType;
  }

  /**
   * Decodes a request.
   *
   * @throws UndecodableRequest if the body is no such message
   */
  abstract <Q> Q read(MethodSpec<Q, ?> method, ByteBuf body);

  abstract <R> ByteBuf write(MethodSpec<?, R> method, R message);

  /** Whether the method's messages have this form. */
  abstract boolean speaks(MethodSpec<?, ?> method);

  @SuppressWarnings("unchecked") // the builder comes from the codec's own prototype
  private static <Q> Q built(Message.Builder builder) {
    return (Q) builder.build();
  }
}
