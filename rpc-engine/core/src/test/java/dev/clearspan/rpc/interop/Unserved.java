package dev.clearspan.rpc.interop;

import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import io.grpc.testing.integration.EmptyProtos.Empty;

/** Methods that gRPC's interop cases call and that no server has. */
final class Unserved {
  static final MethodSpec<Empty, Empty> METHOD = unary(InteropService.NAME + "/UnimplementedCall");
  static final MethodSpec<Empty, Empty> SERVICE =
      unary("grpc.testing.UnimplementedService/UnimplementedCall");

  private Unserved() {}

  private static MethodSpec<Empty, Empty> unary(String name) {
    ProtobufCodec<Empty> codec = ProtobufCodec.of(Empty.getDefaultInstance());
    return new MethodSpec<>(name, MethodKind.EXTERNAL, false, codec, codec);
  }
}
