package dev.clearspan.rpc.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;

/** The methods of gRPC's interop test services as our client calls them. */
final class Interop {
  static final MethodSpec<Empty, Empty> EMPTY_CALL =
      method(
          "EmptyCall", MethodShape.UNARY, Empty.getDefaultInstance(), Empty.getDefaultInstance());

  static final MethodSpec<SimpleRequest, SimpleResponse> UNARY_CALL =
      method(
          "UnaryCall",
          MethodShape.UNARY,
          SimpleRequest.getDefaultInstance(),
          SimpleResponse.getDefaultInstance());

  static final MethodSpec<StreamingOutputCallRequest, StreamingOutputCallResponse> OUTPUT_CALL =
      method(
          "StreamingOutputCall",
          MethodShape.SERVER_STREAMING,
          StreamingOutputCallRequest.getDefaultInstance(),
          StreamingOutputCallResponse.getDefaultInstance());

  static final MethodSpec<StreamingInputCallRequest, StreamingInputCallResponse> INPUT_CALL =
      method(
          "StreamingInputCall",
          MethodShape.CLIENT_STREAMING,
          StreamingInputCallRequest.getDefaultInstance(),
          StreamingInputCallResponse.getDefaultInstance());

  static final MethodSpec<StreamingOutputCallRequest, StreamingOutputCallResponse> FULL_DUPLEX =
      method(
          "FullDuplexCall",
          MethodShape.BIDI_STREAMING,
          StreamingOutputCallRequest.getDefaultInstance(),
          StreamingOutputCallResponse.getDefaultInstance());

  static final MethodSpec<Empty, Empty> UNIMPLEMENTED_METHOD =
      method(
          "UnimplementedCall",
          MethodShape.UNARY,
          Empty.getDefaultInstance(),
          Empty.getDefaultInstance());

  static final MethodSpec<Empty, Empty> UNIMPLEMENTED_SERVICE =
      new MethodSpec<>(
          "grpc.testing.UnimplementedService/UnimplementedCall",
          MethodKind.EXTERNAL,
          false,
          ProtobufCodec.of(Empty.getDefaultInstance()),
          ProtobufCodec.of(Empty.getDefaultInstance()));

  private Interop() {}

  static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private static <Q extends Message, R extends Message> MethodSpec<Q, R> method(
      String name, MethodShape shape, Q request, R response) {
    return new MethodSpec<>(
        "grpc.testing.TestService/" + name,
        shape,
        MethodKind.EXTERNAL,
        false,
        ProtobufCodec.of(request),
        ProtobufCodec.of(response));
  }
}
