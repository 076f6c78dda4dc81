package dev.clearspan.rpc.interop;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.TestServiceImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Our client against grpc-java's server and its own implementation of the test service. */
class StockServerInteropTest extends ClientInteropContract {
  private static ScheduledExecutorService timers;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    timers = Executors.newSingleThreadScheduledExecutor();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerInterceptors.intercept(
                    new TestServiceImpl(timers), TestServiceImpl.interceptors()))
            .build()
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    timers.shutdownNow();
  }

  @Override
  int port() {
    return server.getPort();
  }
}
