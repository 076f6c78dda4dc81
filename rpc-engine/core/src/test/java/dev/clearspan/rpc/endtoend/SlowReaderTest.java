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
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stream that is faster than its reader waits, costs no memory, and holds nobody up. */
class SlowReaderTest {
  private static final int MESSAGE = 64 * 1024;
  private static final int PAUSES = 8;
  private static final long ALLOWED = 16L * 1024 * 1024;
  private static final MethodSpec<String, byte[]> DOWNLOAD =
      new MethodSpec<>(
          "test.Bulk/Download",
          MethodShape.SERVER_STREAMING,
          MethodKind.EXTERNAL,
          false,
          new TextCodec(),
          new BytesCodec());
  private static final MethodSpec<byte[], String> UPLOAD =
      new MethodSpec<>(
          "test.Bulk/Upload",
          MethodShape.CLIENT_STREAMING,
          MethodKind.EXTERNAL,
          false,
          new BytesCodec(),
          new TextCodec());
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofMinutes(4));

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private volatile int mayTake;
  private RpcServer server;
  private RpcChannel channel;

  @BeforeEach
  void start() {
    ServiceDefinition bulk =
        new ServiceDefinition(
            "test.Bulk",
            List.of(
                BoundMethod.stream(DOWNLOAD, this::download),
                BoundMethod.stream(UPLOAD, this::upload),
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
  void sixtyFourMegabytesToASlowReaderStayAtTheSender() {
    readSlowly(64 * 16);
  }

  @Test
  @Tag("full")
  void aGigabyteToASlowReaderStaysAtTheSender() {
    readSlowly(1024 * 16);
  }

  @Test
  void sixtyFourMegabytesToASlowHandlerStayAtTheClient() throws Exception {
    int messages = 64 * 16;
    long before = used();
    long most = 0;
    try (RpcStream<byte[], String> stream = channel.open(UPLOAD, PATIENT)) {
      Thread sender =
          new Thread(
              () -> {
                byte[] message = new byte[MESSAGE];
                for (int i = 0; i < messages; i++) {
                  stream.send(message);
                  sent.incrementAndGet();
                }
                stream.finish();
              });
      sender.start();
      for (int pause = 1; pause <= PAUSES; pause++) {
        awaitStandstill(sent);
        most = Math.max(most, used() - before);
        int until = messages / PAUSES * pause;
        mayTake = pause < PAUSES ? until : Integer.MAX_VALUE;
        await().atMost(Duration.ofSeconds(60)).until(() -> taken.get() >= until);
      }
      sender.join();
      assertThat(stream.receive()).isEqualTo(String.valueOf(messages));
    }
    assertAllowed(most);
  }

  @Test
  void unaryCallsPassAStreamThatFloodsTheirConnection() throws Exception {
    long quiet = slowestOfMost(echoNanos(400));
    Thread reader =
        new Thread(
            () -> {
              try (RpcStream<String, byte[]> stream = channel.open(DOWNLOAD, PATIENT)) {
                stream.send("1000000");
                stream.finish();
                while (!Thread.currentThread().isInterrupted() && stream.receive() != null) {
                  taken.incrementAndGet();
                }
              } catch (dev.clearspan.rpc.RpcException e) {
                // Interrupted while receiving, which is how this stream ends.
              }
            });
    reader.start();
    await().until(() -> taken.get() > 100);
    int before = taken.get();
    long flooded = slowestOfMost(echoNanos(400));
    int during = taken.get() - before;
    reader.interrupt();
    reader.join();

    assertThat(during).as("messages of the flood during the calls").isPositive();
    // Far from waiting behind the window, which takes a flood's whole speed.
    assertThat(flooded).isLessThan(quiet + 500_000_000L);
  }

  private void readSlowly(int messages) {
    long before = used();
    long most = 0;
    try (RpcStream<String, byte[]> stream = channel.open(DOWNLOAD, PATIENT)) {
      stream.send(String.valueOf(messages));
      stream.finish();
      for (int pause = 1; pause <= PAUSES; pause++) {
        awaitStandstill(sent);
        most = Math.max(most, used() - before);
        for (int i = 0; i < messages / PAUSES; i++) {
          assertThat(stream.receive()).hasSize(MESSAGE);
        }
      }
      assertThat(stream.receive()).isNull();
    }
    assertAllowed(most);
  }

  private void download(RpcStream<byte[], String> stream) {
    int messages = Integer.parseInt(String.valueOf(stream.receive()));
    byte[] message = new byte[MESSAGE];
    for (int i = 0; i < messages; i++) {
      stream.send(message);
      sent.incrementAndGet();
    }
  }

  private void upload(RpcStream<String, byte[]> stream) {
    while (true) {
      if (taken.get() >= mayTake) {
        await().atMost(Duration.ofMinutes(2)).until(() -> taken.get() < mayTake);
      }
      if (stream.receive() == null) {
        break;
      }
      taken.incrementAndGet();
    }
    stream.send(String.valueOf(taken.get()));
  }

  /** Until the sender waits: the window and the queues are full. */
  private static void awaitStandstill(AtomicInteger counter) {
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofSeconds(30))
        .until(() -> counter.get() > 0 && last.getAndSet(counter.get()) == counter.get());
  }

  private long[] echoNanos(int calls) {
    long[] nanos = new long[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      assertThat(channel.call(CounterService.ECHO, "x", PATIENT)).isEqualTo("x");
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static long slowestOfMost(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length * 95 / 100];
  }

  private static void assertAllowed(long bytes) {
    assertThat(bytes).as("bytes more in use").isLessThan(ALLOWED);
  }

  /** Heap and direct memory in use, without garbage. */
  private static long used() {
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      System.gc();
      seen.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    long direct = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    return seen.stream().mapToLong(Long::longValue).min().orElseThrow() + direct;
  }
}
