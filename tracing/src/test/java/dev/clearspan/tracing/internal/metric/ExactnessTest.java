package dev.clearspan.tracing.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
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
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No call is lost or counted twice, however many threads call while others collect. */
final class ExactnessTest {
  private static final int THREADS = 16;
  private static final int CALLS_PER_THREAD = 62_500;
  private static final long CALLS = (long) THREADS * CALLS_PER_THREAD;

  private final Counting counting = new Counting();
  private final DeltaView deltas = new DeltaView(counting.source, Resource.empty(), 0);
  private final Histogram reference = new ConcurrentHistogram(3);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void aMillionCallsOf16ThreadsAreCountedExactly_whileCollecting() throws Exception {
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
    assertThat(counted[0]).as("calls").isEqualTo(CALLS);
    assertThat(counted[1]).as("attempts").isEqualTo(CALLS);
    assertThat(reference.getTotalCount()).isEqualTo(CALLS);
    for (double share : new double[] {0.5, 0.9, 0.99, 0.999}) {
      int expected = Buckets.DURATION.indexOf(reference.getValueAtPercentile(100 * share));
      assertThat(bucketAt(share))
          .as("bucket of p%s", 100 * share)
          .isBetween(expected - 1, expected + 1);
    }
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

  /** The bucket in which this share of all calls is reached. */
  private int bucketAt(double share) {
    long[] buckets = new long[Buckets.MOST];
    counting.table.forEach(
        Measure.CLIENT_CALL,
        (number, key, counts) -> {
          for (int i = 0; i < counts.buckets().size(); i++) {
            buckets[i] += counts.buckets().get(i);
          }
        });
    long left = (long) Math.ceil(share * CALLS);
    int bucket = 0;
    while (left > buckets[bucket]) {
      left -= buckets[bucket++];
    }
    return bucket;
  }

  private void call() {
    Random random = new Random(Thread.currentThread().getId());
    for (int i = 0; i < CALLS_PER_THREAD; i++) {
      long nanos = (long) Math.exp(9 + 3 * Math.abs(random.nextGaussian()));
      Status status = i % 10 == 0 ? Status.of(Status.Code.UNAVAILABLE, "") : Status.OK;
      counting.attempt("orders", "orders-" + i % 3, AttemptKind.FIRST, status, nanos);
      int unused =
          counting.call("orders", new EndedCall(status, Counting.errorType(status), 1, 0, nanos));
      reference.recordValue(nanos);
    }
  }
}
