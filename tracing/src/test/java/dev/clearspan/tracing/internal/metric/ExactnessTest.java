package dev.clearspan.tracing.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.tracing.testing.EndedAttempt;
import dev.clearspan.tracing.testing.EndedCall;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No call is lost or counted twice, however many threads call while others collect. */
final class ExactnessTest {
  private static final int THREADS = 8;
  private static final int CALLS_PER_THREAD = 125_000;

  private final CallMetrics calls = new CallMetrics();
  private final DeltaView deltas =
      new DeltaView(
          new MetricSource(calls, new GaugeSources(), new ExportTally()), Resource.empty(), 0);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void sumOfDeltas_equalsAMillionCalls_whileCollecting() throws Exception {
    List<Future<?>> callers =
        IntStream.range(0, THREADS).<Future<?>>mapToObj(i -> threads.submit(this::call)).toList();

    long[] counted = new long[2];
    long collects = 0;
    Random chance = new Random(1);
    while (!callers.stream().allMatch(Future::isDone)) {
      collect(counted, chance.nextBoolean());
      collects++;
    }
    for (Future<?> caller : callers) {
      caller.get();
    }
    collect(counted, true);

    assertThat(collects).as("collects while calling").isGreaterThan(3);
    assertThat(counted[0]).as("calls").isEqualTo((long) THREADS * CALLS_PER_THREAD);
    assertThat(counted[1]).as("attempts").isEqualTo((long) THREADS * CALLS_PER_THREAD);
  }

  /** A push that is not delivered must change nothing. */
  private void collect(long[] counted, boolean delivered) {
    DeltaView.Push push = deltas.read(1);
    if (!delivered) {
      push.metrics();
      return;
    }
    counted[0] += count(push.metrics(), "rpc.client.call.duration");
    counted[1] += count(push.metrics(), "clearspan.client.attempt.duration");
    push.delivered();
  }

  private static long count(List<MetricData> metrics, String name) {
    return metrics.stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getHistogramData().getPoints().stream())
        .mapToLong(HistogramPointData::getCount)
        .sum();
  }

  private void call() {
    Random random = new Random(Thread.currentThread().getId());
    for (int i = 0; i < CALLS_PER_THREAD; i++) {
      long nanos = random.nextInt(1_000_000);
      Status.Code code = i % 10 == 0 ? Status.Code.UNAVAILABLE : Status.Code.OK;
      String errorType = code == Status.Code.OK ? null : code.name();
      Status status = Status.of(code, "");
      calls.attemptEnded(
          "shop.Orders/Place",
          "orders",
          new EndedAttempt(
              1,
              AttemptKind.FIRST,
              "orders-" + i % 3,
              "10.0.0.7:9090",
              status,
              "STATUS",
              errorType,
              0,
              nanos,
              0,
              0,
              -1,
              -1));
      calls.callEnded("shop.Orders/Place", "orders", new EndedCall(status, errorType, 1, 0, nanos));
    }
  }
}
