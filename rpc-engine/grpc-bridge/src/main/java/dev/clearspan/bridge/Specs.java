package dev.clearspan.bridge;

import com.google.protobuf.Message;
import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

/** Methods of grpc-java as Clearspan knows methods. */
final class Specs {
  private Specs() {}

  static <Q, R> MethodSpec<Q, R> of(MethodDescriptor<Q, R> method) {
    return new MethodSpec<>(
        method.getFullMethodName(),
        shape(method.getType()),
        kind(method),
        method.isIdempotent() || method.isSafe(),
        codec(method.getRequestMarshaller()),
        codec(method.getResponseMarshaller()));
  }

  private static MethodShape shape(MethodType type) {
    return switch (type) {
      case UNARY -> MethodShape.UNARY;
      case CLIENT_STREAMING -> MethodShape.CLIENT_STREAMING;
      case SERVER_STREAMING -> MethodShape.SERVER_STREAMING;
      case BIDI_STREAMING, UNKNOWN -> MethodShape.BIDI_STREAMING;
    };
  }

  private static MethodKind kind(MethodDescriptor<?, ?> method) {
    MethodKind declared = ProtoSchema.kind(method);
    if (declared != null) {
      return declared;
    }
    return method.isSafe() ? MethodKind.QUERY : MethodKind.WRITE;
  }

  /** protobuf messages take the codec of generated clients: it needs no stream, and knows JSON. */
  private static <T> Codec<T> codec(Marshaller<T> marshaller) {
    if (marshaller instanceof PrototypeMarshaller<T> protobuf
        && protobuf.getMessagePrototype() instanceof Message prototype) {
      @SuppressWarnings("unchecked") // the prototype is one of the marshaller's messages
      Codec<T> codec = (Codec<T>) ProtobufCodec.of(prototype);
      return codec;
    }
    return new MarshallerCodec<>(marshaller);
  }
}
