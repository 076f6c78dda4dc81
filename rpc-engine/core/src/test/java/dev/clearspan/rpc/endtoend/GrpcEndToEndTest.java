package dev.clearspan.rpc.endtoend;

import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.client.ChannelBuilder;

/** The same over gRPC. */
class GrpcEndToEndTest extends EndToEndTest {
  @Override
  RpcChannel open(ChannelBuilder builder) {
    return builder.protocol(Protocol.GRPC).build();
  }
}
