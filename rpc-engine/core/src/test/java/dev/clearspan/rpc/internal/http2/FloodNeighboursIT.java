package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.TextCodec;
import dev.clearspan.rpc.endtoend.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client beside a flood notices of it: calls at a steady rate, in open loop, counted from
 * when they were due. The attacker comes again as soon as it was cut off, at a bounded rate. It
 * shares the machine with its victims, so what it spends itself is in both rounds that are
 * compared: in one it sends its flood to a {@link Sink} that throws it away, in the other to the
 * server. They take turns, and the 99th percentiles of all calls of either kind are compared.
 */
@Tag("full")
class FloodNeighboursIT {
  private static final int WARM_UPS = 20;
  private static final int ROUNDS = 25;
  private static final int CALLS = 300;
  private static final long BETWEEN_CALLS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long BETWEEN_ATTACKS_MILLIS = 50;
  private static final double MOST = 1.2;
  private static final MethodSpec<String, String> ECHO =
      TextCodec.method("test.Counter/Echo", MethodKind.QUERY, true);
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  private final ServerProcess server = ServerProcess.start("counter", "-Xmx256m");
  private final Sink sink = new Sink();
  private final ScheduledExecutorService attacker = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger attacks = new AtomicInteger();
  private RpcChannel channel;

  @BeforeEach
  void connect() {
    channel =
        RpcChannel.builder("counter")
            .target("127.0.0.1", server.port())
            .protocol(Protocol.GRPC)
            .executor(Runnable::run)
            .build();
  }

  @AfterEach
  void stop() {
    attacker.shutdownNow();
    channel.close();
    server.close();
    sink.close();
  }

  @ParameterizedTest
  @EnumSource
  void othersP99RisesByAtMostAFifth(Flood flood) throws Exception {
    byte[] bytes = flood.bytes("/test.Counter/Echo");
    for (int i = 0; i < WARM_UPS; i++) {
      latenciesBeside(bytes, server.port());
    }
    long[] spared = new long[ROUNDS * CALLS];
    long[] attacked = new long[ROUNDS * CALLS];
    for (int i = 0; i < ROUNDS; i++) {
      System.arraycopy(latenciesBeside(bytes, sink.port()), 0, spared, i * CALLS, CALLS);
      System.arraycopy(latenciesBeside(bytes, server.port()), 0, attacked, i * CALLS, CALLS);
    }
    double ratio = p99(attacked) / p99(spared);
    System.out.printf(
        "%s: p99 %.2f ms, %.2f of the %.2f ms beside a sink, %d attacks%n",
        flood, p99(attacked), ratio, p99(spared), attacks.get());
    assertThat(attacks).hasValueGreaterThan(ROUNDS * 4);
    assertThat(ratio).isLessThanOrEqualTo(MOST);
  }

  private long[] latenciesBeside(byte[] flood, int port) throws InterruptedException {
    ScheduledFuture<?> attack =
        attacker.scheduleAtFixedRate(
            () -> attack(flood, port), 0, BETWEEN_ATTACKS_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return latencies();
    } finally {
      attack.cancel(false);
    }
  }

  private void attack(byte[] flood, int port) {
    try (RawHttp2Peer peer = new RawHttp2Peer(port)) {
      peer.send(flood);
      if (peer.isClosedByServer()) {
        attacks.incrementAndGet();
      }
    } catch (java.net.SocketException e) {
      attacks.incrementAndGet(); // cut off while it was still sending
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of one round, in nanoseconds. */
  private long[] latencies() throws InterruptedException {
    long[] taken = new long[CALLS];
    Phaser open = new Phaser(1);
    AtomicInteger failures = new AtomicInteger();
    long start = System.nanoTime() + BETWEEN_CALLS_NANOS;
    for (int i = 0; i < CALLS; i++) {
      int number = i;
      long due = start + i * BETWEEN_CALLS_NANOS;
      waitUntil(due);
      open.register();
      var unused =
          channel
              .callAsync(ECHO, "hello", PATIENT)
              .whenComplete(
                  (reply, failure) -> {
                    taken[number] = System.nanoTime() - due;
                    if (failure != null) {
                      failures.incrementAndGet();
                    }
                    open.arriveAndDeregister();
                  });
    }
    open.arriveAndAwaitAdvance();
    assertThat(failures).hasValue(0);
    return taken;
  }

  /** In milliseconds; sorts what it is given. */
  private static double p99(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length * 99 / 100] / 1e6;
  }

  private static void waitUntil(long due) throws InterruptedException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
