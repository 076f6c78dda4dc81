package dev.clearspan.bridge;

import dev.clearspan.rpc.RpcChannel;
import io.grpc.Channel;

/** Stubs over Clearspan's frames to services served by Clearspan. */
class FramesBridgeTest extends BridgeContract {
  @Override
  Channel open() {
    return GrpcChannels.of(
        opened(RpcChannel.builder("library").target("127.0.0.1", served().port()).build()));
  }
}
