package dev.clearspan.console.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.ManualClock;
import dev.clearspan.console.metric.RedQuery.GroupBy;
import dev.clearspan.console.metric.SeriesKey.Source;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallAggregatesTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Ending FINE = new Ending(Status.Code.OK, false);
  private static final Ending FAILED = new Ending(Status.Code.UNAVAILABLE, false);

  private final ManualClock clock = new ManualClock(NOON);
  private final CallAggregates aggregates = CallAggregates.create(clock);

  private static SeriesKey call(String caller, String service, String method) {
    return new SeriesKey(Source.CALL, caller, service, method, "");
  }

  private static LatencyHistogram counts(double seconds, long count) {
    long[] counts = new long[LatencyHistogram.BUCKETS];
    counts[LatencyHistogram.bucketOf(seconds)] = count;
    return LatencyHistogram.of(counts);
  }

  private void count(SeriesKey key, long calls) {
    assertThat(aggregates.add(key, clock.millis(), counts(0.002, calls), FINE)).isTrue();
  }

  private long total(Duration window) {
    return aggregates.totals(window).stream().mapToLong(CallTotals::calls).sum();
  }

  @Test
  void theWindowSlidesByFractionsOfASecond() {
    count(call("a", "b", "m"), 5);
    clock.advance(Duration.ofMillis(9_700));
    count(call("a", "b", "m"), 3);
    assertThat(total(TEN)).isEqualTo(8);
    clock.advance(Duration.ofMillis(400));
    assertThat(total(TEN)).isEqualTo(3);
    assertThat(total(Duration.ofMinutes(15))).isEqualTo(8);
    clock.advance(Duration.ofSeconds(10));
    assertThat(total(TEN)).isZero();
    assertThat(total(Duration.ofMinutes(1))).isEqualTo(8);
    clock.advance(Duration.ofMinutes(16));
    assertThat(total(Duration.ofMinutes(15))).isZero();
  }

  @Test
  void aWindowBeyondTheReachIsRefused() {
    assertThatThrownBy(() -> aggregates.totals(Duration.ofMinutes(16)))
        .hasMessage("window: PT16M (expected: PT1S to PT15M)");
    assertThatThrownBy(() -> aggregates.totals(Duration.ofMillis(999)))
        .hasMessageContaining("expected: PT1S");
  }

  @Test
  void everyChangeMovesTheVersion() {
    long before = aggregates.version();
    count(call("a", "b", "m"), 1);
    assertThat(aggregates.version()).isGreaterThan(before);
  }

  @Test
  void seriesAreBoundedAndIdleOnesMakeRoom() {
    CallAggregates two = CallAggregates.create(clock, 2);
    assertThat(two.add(call("a", "b", "1"), clock.millis(), counts(1, 1), FINE)).isTrue();
    assertThat(two.add(call("a", "b", "2"), clock.millis(), counts(1, 1), FINE)).isTrue();
    assertThat(two.add(call("a", "b", "3"), clock.millis(), counts(1, 1), FINE)).isFalse();
    assertThat(two.add(call("a", "b", "2"), clock.millis(), counts(1, 1), FINE)).isTrue();
    assertThat(two.refused()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(16));
    assertThat(two.add(call("a", "b", "3"), clock.millis(), counts(1, 1), FINE)).isTrue();
    assertThat(two.seriesCount()).isEqualTo(1);
  }

  @Test
  void noCountIsLostAmongManyThreads() throws Exception {
    int threads = 8;
    int each = 20_000;
    CountDownLatch done = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int t = 0; t < threads; t++) {
        int thread = t;
        pool.execute(
            () -> {
              for (int i = 0; i < each; i++) {
                SeriesKey key = call("caller" + thread % 3, "b", "m" + i % 7);
                aggregates.add(key, clock.millis(), counts(0.002, 1), i % 10 == 0 ? FAILED : FINE);
                if (i % 1000 == 0) {
                  aggregates.totals(TEN);
                }
              }
              done.countDown();
            });
      }
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      pool.shutdownNow();
    }
    assertThat(total(TEN)).isEqualTo((long) threads * each);
    assertThat(aggregates.totals(TEN).stream().mapToLong(CallTotals::errors).sum())
        .isEqualTo((long) threads * each / 10);
    assertThat(aggregates.totals(TEN).stream().mapToLong(row -> row.latency().count()).sum())
        .isEqualTo((long) threads * each);
  }

  @Test
  void quantilesAreWithinABucketOfTheTruth() {
    Random random = new Random(7);
    double[] seconds = new double[100_000];
    long[] counts = new long[LatencyHistogram.BUCKETS];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = Math.exp(random.nextGaussian() - 5);
      counts[LatencyHistogram.bucketOf(seconds[i])]++;
    }
    Arrays.sort(seconds);
    LatencyHistogram histogram = LatencyHistogram.of(counts);
    for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
      double exact = seconds[(int) Math.ceil(share * seconds.length) - 1];
      int bucket = LatencyHistogram.bucketOf(exact);
      assertThat(histogram.quantileMillis(share))
          .isBetween(
              1000 * LatencyHistogram.BOUNDS[bucket - 1], 1000 * LatencyHistogram.BOUNDS[bucket]);
      assertThat(histogram.quantileMillis(share)).isBetween(900 * exact, 1100 * exact);
    }
    assertThat(LatencyHistogram.EMPTY.quantileMillis(0.5)).isNull();
    assertThat(counts(1000, 3).quantileMillis(0.5)).isEqualTo(100_000);
    assertThat(histogram.plus(histogram).count()).isEqualTo(200_000);
    assertThat(histogram.plus(histogram).quantileMillis(0.9))
        .isEqualTo(histogram.quantileMillis(0.9));
  }

  @Test
  void seriesHaveAPointForEveryCompleteStep() {
    count(call("shop", "orders", "Place"), 20);
    clock.advance(TEN);
    count(call("shop", "orders", "Place"), 30);
    clock.advance(TEN);
    count(call("shop", "orders", "Place"), 99);

    RedSeries series =
        aggregates.series(new RedQuery("orders", null, null, Set.of(GroupBy.METHOD), null, null));

    assertThat(series.to()).isEqualTo(NOON.plusSeconds(20));
    assertThat(series.from()).isEqualTo(NOON.plusSeconds(20).minus(Duration.ofMinutes(15)));
    assertThat(series.series()).hasSize(1);
    assertThat(series.series().get(0).key()).isEqualTo(Map.of("method", "Place"));
    List<RedPoint> points = series.series().get(0).points();
    assertThat(points).hasSize(90);
    assertThat(points.get(88).at()).isEqualTo(NOON);
    assertThat(points.get(88).rate()).isEqualTo(2);
    assertThat(points.get(88).p50Millis()).isBetween(1.0, 2.0);
    assertThat(points.get(89).calls()).isEqualTo(30);
    assertThat(points.get(87).calls()).isZero();
    assertThat(points.get(87).p99Millis()).isNull();
  }

  @Test
  void seriesAreFilteredAndGrouped() {
    count(call("shop", "orders", "Place"), 1);
    count(call("web", "orders", "Place"), 2);
    count(call("orders", "payments", "Charge"), 4);
    count(new SeriesKey(Source.ATTEMPT, "shop", "orders", "Place", "a"), 8);
    count(new SeriesKey(Source.SERVED, "", "orders", "Place", "a"), 16);
    count(new SeriesKey(Source.SERVED, "", "ledger", "Book", "l"), 32);
    clock.advance(TEN);

    assertThat(sums(null, null, GroupBy.SERVICE))
        .isEqualTo(
            Map.of(
                Map.of("service", "orders"),
                3L,
                Map.of("service", "payments"),
                4L,
                Map.of("service", "ledger"),
                32L));
    assertThat(sums("orders", null, GroupBy.CALLER))
        .isEqualTo(Map.of(Map.of("caller", "shop"), 1L, Map.of("caller", "web"), 2L));
    assertThat(sums(null, "shop", GroupBy.SERVICE))
        .isEqualTo(Map.of(Map.of("service", "orders"), 1L));
    assertThat(sums("orders", null, GroupBy.INSTANCE))
        .isEqualTo(Map.of(Map.of("instance", "a"), 8L));
    assertThat(sums("nobody", null, GroupBy.SERVICE)).isEmpty();
  }

  @Test
  void seriesKeepToTheTimesAskedFor() {
    count(call("shop", "orders", "Place"), 1);
    clock.advance(Duration.ofMinutes(5));
    RedSeries series =
        aggregates.series(
            new RedQuery(null, null, null, Set.of(), NOON.minusSeconds(3), NOON.plusSeconds(12)));
    assertThat(series.from()).isEqualTo(NOON.minusSeconds(10));
    assertThat(series.to()).isEqualTo(NOON.plusSeconds(20));
    assertThat(series.series().get(0).points())
        .extracting(RedPoint::calls)
        .containsExactly(0L, 1L, 0L);
    assertThat(
            aggregates
                .series(new RedQuery(null, null, null, Set.of(), Instant.MAX, Instant.MIN))
                .series()
                .stream()
                .mapToInt(line -> line.points().size())
                .sum())
        .isZero();
  }

  private Map<Map<String, String>, Long> sums(
      @Nullable String service, @Nullable String caller, GroupBy by) {
    return aggregates
        .series(new RedQuery(service, null, caller, Set.of(by), null, null))
        .series()
        .stream()
        .collect(
            Collectors.toMap(
                RedSeries.Series::key,
                line -> line.points().stream().mapToLong(RedPoint::calls).sum()));
  }
}
