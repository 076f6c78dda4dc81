package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.TextCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls beside a gigabyte that a slow reader takes from the same connection keep their p99. */
@Tag("full")
class SlowReaderLatencyTest {
  private static final int MESSAGE = 64 * 1024;
  private static final int MESSAGES = 1024 * 16;
  private static final int ROUNDS = 5;
  private static final int CALLS = 2_000;
  private static final long PACE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** The reader's: 16 MB/s at most, so that the sender always waits for it. */
  private static final long READ_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofMinutes(4));
  private static final MethodSpec<String, byte[]> DOWNLOAD =
      new MethodSpec<>(
          "test.Bulk/Download",
          MethodShape.SERVER_STREAMING,
          MethodKind.EXTERNAL,
          false,
          new TextCodec(),
          new BytesCodec());

  private RpcServer server;
  private RpcChannel channel;

  @BeforeEach
  void start() {
    ServiceDefinition bulk =
        new ServiceDefinition(
            "test.Bulk",
            List.of(
                BoundMethod.stream(DOWNLOAD, SlowReaderLatencyTest::download),
                BoundMethod.unary(CounterService.ECHO, text -> text)),
            null);
    server = RpcServer.builder("bulk").service(() -> bulk).start();
    channel = RpcChannel.builder("bulk").target("127.0.0.1", server.port()).build();
  }

  @AfterEach
  void stop() {
    channel.close();
    server.close();
  }

  @Test
  void callsBesideASlowReaderKeepTheirP99WithinTwice() throws Exception {
    p99();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long quiet = p99();
      ratios.add((double) p99BesideAReader() / quiet);
    }
    assertThat(ratios.stream().sorted().toList().get(ROUNDS / 2))
        .as("p99 beside a slow reader / without, of %s", ratios)
        .isLessThanOrEqualTo(2.0);
  }

  private long p99BesideAReader() throws InterruptedException {
    AtomicInteger taken = new AtomicInteger();
    Thread reader = new Thread(() -> read(taken));
    reader.start();
    await().until(() -> taken.get() > 100);
    int before = taken.get();
    long p99 = p99();
    assertThat(taken.get() - before).as("messages read meanwhile").isPositive();
    reader.interrupt();
    reader.join();
    return p99;
  }

  /** Takes a message, at an even pace, until interrupted. */
  private void read(AtomicInteger taken) {
    long due = System.nanoTime();
    try (RpcStream<String, byte[]> stream = channel.open(DOWNLOAD, PATIENT)) {
      stream.send(String.valueOf(MESSAGES));
      stream.finish();
      while (!Thread.currentThread().isInterrupted() && stream.receive() != null) {
        taken.incrementAndGet();
        due += READ_EVERY_NANOS;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    } catch (dev.clearspan.rpc.RpcException e) {
      // Interrupted while receiving, which is how this stream ends.
    }
  }

  /** Of calls sent one after another, at most one each half millisecond. */
  private long p99() {
    long[] nanos = new long[CALLS];
    long due = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      due = Math.max(System.nanoTime(), due + PACE_NANOS);
      LockSupport.parkNanos(due - System.nanoTime());
      long start = System.nanoTime();
      assertThat(channel.call(CounterService.ECHO, "x", PATIENT)).isEqualTo("x");
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[CALLS * 99 / 100];
  }

  private static void download(RpcStream<byte[], String> stream) {
    int messages = Integer.parseInt(String.valueOf(stream.receive()));
    byte[] message = new byte[MESSAGE];
    for (int i = 0; i < messages; i++) {
      stream.send(message);
    }
  }
}
