package dev.clearspan.console.metric;

import static dev.clearspan.console.metric.Points.cumulative;
import static dev.clearspan.console.metric.Points.delta;
import static dev.clearspan.console.metric.Points.point;
import static dev.clearspan.console.metric.Points.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import dev.clearspan.console.ManualClock;
import dev.clearspan.console.intake.MetricSink;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricIntakeTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final String CLIENT = "rpc.client.call.duration";
  private static final String ATTEMPT = "clearspan.client.attempt.duration";
  private static final String SERVER = "rpc.server.call.duration";
  private static final String PLACE = "shop.Orders/Place";
  private static final Duration TEN = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock(NOON);
  private final CallAggregates aggregates = CallAggregates.create(clock);
  private final MetricIntake intake = new MetricIntake(aggregates, clock);

  private HistogramDataPoint.Builder calls(int count, double seconds, String... more) {
    return point(
        clock.instant().minusSeconds(1), clock.instant(), times(count, seconds), with(more));
  }

  private HistogramDataPoint.Builder sinceNoon(int count, String... more) {
    return point(NOON, clock.instant(), times(count, 0.002), with(more));
  }

  private static String[] with(String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "rpc.method";
    all[1] = PLACE;
    all[2] = "server.address";
    all[3] = "orders";
    System.arraycopy(more, 0, all, 4, more.length);
    return all;
  }

  private MetricSink.Outcome send(String service, Metric... metrics) {
    return intake.accept(List.of(Points.from(service, metrics)));
  }

  private CallTotals only() {
    List<CallTotals> totals = aggregates.totals(TEN);
    assertThat(totals).hasSize(1);
    return totals.get(0);
  }

  @Test
  void countsCallsErrorsAndRetriesApart() {
    MetricSink.Outcome outcome =
        send(
            "storefront",
            delta(
                CLIENT,
                calls(90, 0.002, "rpc.response.status_code", "OK"),
                calls(
                    10,
                    0.5,
                    "rpc.response.status_code",
                    "UNAVAILABLE",
                    "error.type",
                    "connection_lost")),
            delta(
                ATTEMPT,
                calls(
                    100, 0.002, "clearspan.peer.instance", "a", "clearspan.attempt.kind", "first"),
                calls(
                    7,
                    0.002,
                    "clearspan.peer.instance",
                    "b",
                    "clearspan.attempt.kind",
                    "retry",
                    "error.type",
                    "x")));

    assertThat(outcome).isEqualTo(new MetricSink.Outcome(4, 0, ""));
    assertThat(aggregates.totals(TEN))
        .extracting(
            CallTotals::caller,
            CallTotals::service,
            CallTotals::method,
            CallTotals::instance,
            CallTotals::calls,
            CallTotals::errors,
            CallTotals::retries)
        .containsExactlyInAnyOrder(
            tuple("storefront", "orders", PLACE, "", 100L, 10L, 7L),
            tuple("storefront", "orders", PLACE, "a", 100L, 0L, 0L),
            tuple("storefront", "orders", PLACE, "b", 7L, 7L, 7L));
  }

  @Test
  void keepsWhatServersCount() {
    send(
        "orders",
        delta(
            SERVER,
            calls(5, 0.002, "rpc.response.status_code", "INTERNAL", "error.type", "INTERNAL")));
    assertThat(aggregates.totals(TEN)).isEmpty();
    CallTotals served = aggregates.served(TEN).get(0);
    assertThat(served.service()).isEqualTo("orders");
    assertThat(served.instance()).isEqualTo("orders-1");
    assertThat(served.caller()).isEmpty();
    assertThat(served.errors()).isEqualTo(5);
  }

  @Test
  void cumulativePointsCountWhatTheyAdd() {
    send("storefront", cumulative(CLIENT, sinceNoon(40)));
    clock.advance(Duration.ofSeconds(1));
    send("storefront", cumulative(CLIENT, sinceNoon(100)));
    clock.advance(Duration.ofSeconds(1));
    send("storefront", cumulative(CLIENT, sinceNoon(100)));
    assertThat(only().calls()).isEqualTo(100);
    assertThat(only().latency().count()).isEqualTo(100);
  }

  @Test
  void aRestartedStreamCountsWhole() {
    send("storefront", cumulative(CLIENT, sinceNoon(40)));
    clock.advance(Duration.ofSeconds(1));
    // The process restarted: a later start, and 60 calls since.
    send(
        "storefront",
        cumulative(
            CLIENT,
            point(clock.instant().minusMillis(500), clock.instant(), times(60, 0.002), with())));
    clock.advance(Duration.ofSeconds(1));
    // One that keeps its start time but lost its counts.
    send(
        "storefront",
        cumulative(
            CLIENT,
            point(clock.instant().minusMillis(1500), clock.instant(), times(5, 0.002), with())));
    assertThat(only().calls()).isEqualTo(105);
  }

  @Test
  void aStreamThatBeganBeforeUsOnlyTellsWhatItAdds() {
    Instant longAgo = NOON.minusSeconds(3600);
    send(
        "storefront",
        cumulative(CLIENT, point(longAgo, clock.instant(), times(5000, 0.002), with())));
    assertThat(aggregates.totals(TEN)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    HistogramDataPoint.Builder known = point(longAgo, clock.instant(), times(5003, 0.002), with());
    // A stream that appears in a process known before is new, whatever its start says.
    HistogramDataPoint.Builder fresh =
        point(
            longAgo,
            clock.instant(),
            times(2, 0.002),
            with("rpc.response.status_code", "INTERNAL"));
    send("storefront", cumulative(CLIENT, known, fresh));
    assertThat(only().calls()).isEqualTo(5);
    assertThat(only().errors()).isEqualTo(2);
  }

  @Test
  void aRepeatedCumulativePointIsRejectedNotCountedTwice() {
    send("storefront", cumulative(CLIENT, sinceNoon(40)));
    MetricSink.Outcome again = send("storefront", cumulative(CLIENT, sinceNoon(40)));
    assertThat(again.rejected()).isEqualTo(1);
    assertThat(again.reason()).contains("older");
    assertThat(only().calls()).isEqualTo(40);
  }

  @Test
  void latePointsCountAtTheirOwnTimeAndTooLateOnesAreRejected() {
    clock.advance(Duration.ofMinutes(10));
    Instant fiveMinutesAgo = clock.instant().minusSeconds(300);
    send(
        "storefront",
        delta(
            CLIENT,
            point(fiveMinutesAgo.minusSeconds(1), fiveMinutesAgo, times(3, 0.002), with())));
    assertThat(aggregates.totals(TEN)).isEmpty();
    assertThat(aggregates.totals(Duration.ofMinutes(6)).get(0).calls()).isEqualTo(3);

    Instant tooLong = clock.instant().minusSeconds(1000);
    MetricSink.Outcome late =
        send(
            "storefront",
            delta(CLIENT, point(tooLong.minusSeconds(1), tooLong, times(3, 0.002), with())));
    assertThat(late.rejected()).isEqualTo(1);
    assertThat(late.reason()).contains("1000 s old");
  }

  @Test
  void aWrongClockHidesNoCalls() {
    Instant ahead = clock.instant().plusSeconds(3600);
    send("storefront", delta(CLIENT, point(ahead.minusSeconds(1), ahead, times(3, 0.002), with())));
    assertThat(only().calls()).isEqualTo(3);
  }

  @Test
  void otherBoundsUnitsAndOldNamesAreUnderstood() {
    double[] millisBounds = {1, 10, 100, 1000};
    Metric millis =
        delta(
                CLIENT,
                point(
                    clock.instant().minusSeconds(1),
                    clock.instant(),
                    new double[] {5, 5, 50, 5000},
                    millisBounds,
                    "rpc.service",
                    "shop.Orders",
                    "rpc.method",
                    "Place",
                    "server.address",
                    "orders",
                    "rpc.status_code",
                    "OK"))
            .toBuilder()
            .setUnit("ms")
            .build();
    send("storefront", millis);
    assertThat(only().method()).isEqualTo(PLACE);
    assertThat(only().calls()).isEqualTo(4);
    assertThat(only().errors()).isZero();
    assertThat(only().latency().quantileMillis(0.5)).isCloseTo(5.5, within(1.0));
  }

  @Test
  void boundsThatStartAtZeroCountInTheSameBuckets() {
    double[] withZero = new double[LatencyHistogram.BOUNDS.length + 1];
    System.arraycopy(LatencyHistogram.BOUNDS, 0, withZero, 1, LatencyHistogram.BOUNDS.length);
    double[] seconds = {0, 0.000005, 0.0007, 0.0029, 0.9, 70, 500};
    long[] expected = new long[LatencyHistogram.BUCKETS];
    for (double second : seconds) {
      expected[LatencyHistogram.bucketOf(second)]++;
    }
    send("storefront", delta(CLIENT, point(NOON, NOON, seconds, withZero, with())));
    assertThat(only().latency().counts()).isEqualTo(expected);
  }

  @Test
  void exponentialHistogramsAreUnderstood() {
    ExponentialHistogramDataPoint.Builder point =
        ExponentialHistogramDataPoint.newBuilder()
            .setTimeUnixNano(clock.instant().getEpochSecond() * 1_000_000_000)
            .setScale(0)
            .setZeroCount(1)
            .setCount(4)
            .addAllAttributes(Points.attributes(with()));
    // Bucket -8 at scale 0: 3.9 to 7.8 ms.
    point.getPositiveBuilder().setOffset(-8).addBucketCounts(3);
    Metric metric =
        Metric.newBuilder()
            .setName(CLIENT)
            .setUnit("s")
            .setExponentialHistogram(
                ExponentialHistogram.newBuilder()
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                    .addDataPoints(point))
            .build();
    assertThat(send("storefront", metric).rejected()).isZero();
    assertThat(only().calls()).isEqualTo(4);
    assertThat(only().latency().quantileMillis(0.9)).isBetween(3.9, 7.8);
  }

  @Test
  void malformedPointsAreRejectedWithAReasonAndTheOthersCount() {
    HistogramDataPoint.Builder noSum = calls(3, 0.002).setCount(4);
    HistogramDataPoint.Builder oneBucket = calls(3, 0.002).clearBucketCounts().addBucketCounts(3);
    HistogramDataPoint.Builder shrinkingBounds =
        calls(1, 0.002)
            .clearExplicitBounds()
            .clearBucketCounts()
            .addExplicitBounds(2)
            .addExplicitBounds(1)
            .addBucketCounts(1)
            .addBucketCounts(0)
            .addBucketCounts(0);
    HistogramDataPoint.Builder negative = calls(1, 0.002).setBucketCounts(0, -1).setCount(0);
    HistogramDataPoint.Builder nameless = point(NOON, NOON, times(1, 0.002), "rpc.method", PLACE);
    HistogramDataPoint.Builder endless =
        point(
            NOON, NOON, times(1, 0.002), "rpc.method", "m".repeat(600), "server.address", "orders");
    Metric shapeless = delta(CLIENT, calls(1, 0.002)).toBuilder().clearHistogram().build();
    Metric timeless =
        Metric.newBuilder()
            .setName(CLIENT)
            .setHistogram(Histogram.newBuilder().addDataPoints(calls(1, 0.002)))
            .build();

    MetricSink.Outcome outcome =
        send(
            "storefront",
            delta(
                CLIENT,
                noSum,
                oneBucket,
                shrinkingBounds,
                negative,
                nameless,
                endless,
                calls(2, 0.002)),
            shapeless,
            timeless);

    assertThat(outcome.points()).isEqualTo(8);
    assertThat(outcome.rejected()).isEqualTo(7);
    assertThat(outcome.reason()).contains("temporality");
    assertThat(only().calls()).isEqualTo(2);
  }

  @Test
  void otherMetricsAreIgnored() {
    MetricSink.Outcome outcome = send("storefront", delta("jvm.gc.duration", calls(3, 0.002)));
    assertThat(outcome).isEqualTo(new MetricSink.Outcome(1, 0, ""));
    assertThat(aggregates.seriesCount()).isZero();
  }
}
