package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.EmptyProtos.Empty;
import io.grpc.testing.integration.TestServiceImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stock server that sends connections away when they are a second old, under load. */
class GoAwayUnderLoadTest {
  private static final int IN_FLIGHT = 32;
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Semaphore room = new Semaphore(IN_FLIGHT);

  @Test
  void noCallIsLostThoughNoneMayRunTwice() throws Exception {
    ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    Server server = server(timers);
    try (RpcChannel channel =
        RpcChannel.builder("interop")
            .target("127.0.0.1", server.getPort())
            .protocol(Protocol.GRPC)
            .build()) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (connections.get() < 3 && System.nanoTime() < end) {
        call(channel);
      }
      assertThat(room.tryAcquire(IN_FLIGHT, 20, TimeUnit.SECONDS)).isTrue();
      assertThat(connections.get()).isGreaterThanOrEqualTo(3);
      assertThat(failures).isEmpty();
    } finally {
      server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
      timers.shutdownNow();
    }
  }

  private void call(RpcChannel channel) throws InterruptedException {
    room.acquire();
    channel
        .callAsync(InteropService.EMPTY, Empty.getDefaultInstance(), PATIENT)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                failures.add(failure);
              }
              room.release();
            });
  }

  private Server server(ScheduledExecutorService timers) throws Exception {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .maxConnectionAge(1, TimeUnit.SECONDS)
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
  }
}
