package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.internal.http2.GrpcTransport;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.TestCaller;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Our client follows what grpc-java's server says of its own health. */
class StockServerHealthTest {
  private final HealthStatusManager health = new HealthStatusManager();

  private static Server serving(BindableService... services) throws Exception {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    for (BindableService service : services) {
      builder.addService(service);
    }
    return builder.build().start();
  }

  private static TestCaller caller(Server server) {
    return TestCaller.by(new GrpcTransport(Limits.DEFAULT, null, true), server.getPort());
  }

  @Test
  void hearsThatItDoesNotServe_andThatItServesAgain() throws Exception {
    Server server = serving(health.getHealthService());
    try (TestCaller caller = caller(server)) {
      caller.awaitState(ConnectionState.READY);
      health.setStatus("", ServingStatus.NOT_SERVING);
      await().untilAsserted(() -> assertThat(caller.served).containsExactly(false));

      health.setStatus("", ServingStatus.SERVING);
      await().untilAsserted(() -> assertThat(caller.served).containsExactly(false, true));
      assertThat(caller.connection.inFlight()).isZero();
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void theWatchDoesNotHoldUpAServerThatGoes() throws Exception {
    Server server = serving(health.getHealthService());
    try (TestCaller caller = caller(server)) {
      caller.awaitState(ConnectionState.READY);
      health.setStatus("", ServingStatus.NOT_SERVING);
      await().untilAsserted(() -> assertThat(caller.served).containsExactly(false));

      assertThat(server.shutdown().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      await().untilAsserted(() -> assertThat(caller.served).containsExactly(false, true));
    }
  }

  @Test
  void aServerWithoutHealthCheckingServes_andIsAskedOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .intercept(
                new ServerInterceptor() {
                  @Override
                  public <Q, R> ServerCall.Listener<Q> interceptCall(
                      ServerCall<Q, R> call,
                      io.grpc.Metadata headers,
                      ServerCallHandler<Q, R> next) {
                    asked.incrementAndGet();
                    call.close(io.grpc.Status.UNIMPLEMENTED, new io.grpc.Metadata());
                    return new ServerCall.Listener<>() {};
                  }
                })
            .addService(health.getHealthService())
            .build()
            .start();
    try (TestCaller caller = caller(server)) {
      caller.awaitState(ConnectionState.READY);
      await().until(() -> asked.get() == 1);
      await()
          .during(Duration.ofMillis(500))
          .until(() -> asked.get() == 1 && caller.served.isEmpty());
    } finally {
      server.shutdownNow();
    }
  }
}
