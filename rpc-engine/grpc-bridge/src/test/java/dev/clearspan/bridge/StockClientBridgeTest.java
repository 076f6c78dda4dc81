package dev.clearspan.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** A client of grpc-java to services that Clearspan serves: the server has moved alone. */
class StockClientBridgeTest extends BridgeContract {
  @Override
  Channel open() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", served().port()).usePlaintext().build();
    opened(() -> channel.shutdownNow().awaitTermination(10, SECONDS));
    return channel;
  }
}
