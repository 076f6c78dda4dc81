package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcStream;
import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stock server with its default keepalive rules, and a call that is silent for long. */
@Tag("full")
class StockServerPingIT {
  @Test
  void aSilentCallEarnsNoTooManyPings() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addTransportFilter(
                new ServerTransportFilter() {
                  @Override
                  public Attributes transportReady(Attributes attributes) {
                    connections.incrementAndGet();
                    return attributes;
                  }
                })
            .addService(new TestServiceImpl(timers))
            .build()
            .start();
    CallOptions patient = CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(90));
    try (RpcChannel channel =
            RpcChannel.builder("interop")
                .target("127.0.0.1", server.getPort())
                .protocol(Protocol.GRPC)
                .build();
        RpcStream<StreamingOutputCallRequest, StreamingOutputCallResponse> stream =
            channel.open(InteropService.OUTPUT, patient)) {
      stream.send(
          StreamingOutputCallRequest.newBuilder()
              .addResponseParameters(ResponseParameters.newBuilder().setSize(1))
              .addResponseParameters(
                  ResponseParameters.newBuilder().setSize(1).setIntervalUs(40_000_000))
              .build());
      stream.finish();
      assertThat(stream.receive()).isNotNull();
      assertThat(stream.receive()).isNotNull();
      assertThat(stream.receive()).isNull();
      assertThat(connections).hasValue(1);
    } finally {
      server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
      timers.shutdownNow();
    }
  }
}
