package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Handlers that sleep now and then do not slow down the calls beside them. */
class MixedLatencyTest {
  private static final MethodSpec<StringValue, StringValue> ECHO = EchoService.method("Echo");
  private static final String SLEEP = "sleep";
  private static final int CALLS = 4_000;
  private static final int SLEEPER_EVERY = 100;
  private static final long PACE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final int ROUNDS = 7;

  /** Rounds with and without sleepers in turns; the median round of each counts. */
  @Test
  @Tag("full")
  void oneInAHundredThatSleepsFiveMillisecondsLeavesTheOthersTheirP99() throws Exception {
    try (RpcServer server = server();
        TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      p99(caller, true);
      p99(caller, false);
      List<Long> without = new ArrayList<>();
      List<Long> with = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        without.add(p99(caller, false));
        with.add(p99(caller, true));
      }
      assertThat((double) median(with) / median(without))
          .as("p99 of the rest with sleepers %s ns, without %s ns", with, without)
          .isLessThanOrEqualTo(1.2);
    }
  }

  /** Of the calls that do not sleep, sent at an even pace whatever the replies do. */
  private static long p99(TestCaller caller, boolean sleepers) throws Exception {
    long[] nanos = new long[CALLS];
    AtomicInteger ended = new AtomicInteger();
    long due = System.nanoTime();
    int rest = 0;
    for (int i = 0; i < CALLS; i++) {
      due += PACE_NANOS;
      LockSupport.parkNanos(due - System.nanoTime());
      boolean sleeper = sleepers && i % SLEEPER_EVERY == 0;
      int slot = sleeper ? -1 : rest++;
      long sentAt = System.nanoTime();
      caller
          .send(ECHO, sleeper ? SLEEP : "go", Duration.ofSeconds(30))
          .result()
          .thenRun(
              () -> {
                if (slot >= 0) {
                  nanos[slot] = System.nanoTime() - sentAt;
                }
                ended.incrementAndGet();
              });
    }
    org.awaitility.Awaitility.await().until(() -> ended.get() == CALLS);
    long[] sorted = Arrays.copyOf(nanos, rest);
    Arrays.sort(sorted);
    return sorted[(int) (0.99 * (rest - 1))];
  }

  private static long median(List<Long> figures) {
    List<Long> sorted = new ArrayList<>(figures);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static RpcServer server() {
    return RpcServer.builder("echo")
        .service(
            () ->
                new ServiceDefinition(
                    "test.Echo",
                    List.of(BoundMethod.unary(ECHO, MixedLatencyTest::sleepIfTold)),
                    null))
        .start();
  }

  private static StringValue sleepIfTold(StringValue request) throws InterruptedException {
    if (request.getValue().equals(SLEEP)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return request;
  }
}
