package dev.clearspan.bridge;

import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import io.grpc.Channel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;

/** Stubs over Clearspan to a server of grpc-java: the client has moved, the server has not. */
class StockServerBridgeTest extends BridgeContract {
  @Override
  Channel open() throws IOException {
    Server server =
        NettyServerBuilder.forPort(0)
            .addService(ServerInterceptors.intercept(service, new EchoingHeaders()))
            .build()
            .start();
    opened(() -> server.shutdownNow().awaitTermination());
    return GrpcChannels.of(
        opened(
            RpcChannel.builder("library")
                .target("127.0.0.1", server.getPort())
                .protocol(Protocol.GRPC)
                .build()));
  }
}
