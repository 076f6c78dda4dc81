package dev.clearspan.bridge;

import dev.clearspan.rpc.RpcChannel;
import io.grpc.Channel;

/** Stubs over Clearspan to services served by Clearspan, within one process. */
class InProcessBridgeTest extends BridgeContract {
  @Override
  Channel open() {
    return GrpcChannels.of(opened(RpcChannel.builder("library").inProcess(served()).build()));
  }
}
