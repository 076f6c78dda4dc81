package dev.clearspan.console.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clearspan.console.metric.RedQuery.GroupBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link MetricStore} answers about the same {@link Traffic}. */
abstract class MetricStoreContract {
  private static final Instant FROM = Traffic.END.minus(Duration.ofMinutes(5));
  private static final RedQuery ALL = new RedQuery(null, null, null, Set.of(), FROM, Traffic.END);

  /** A store whose clock is at {@link Traffic#END} and that knows the traffic. */
  abstract MetricStore store();

  private static RedQuery by(GroupBy... groups) {
    return new RedQuery(null, null, null, Set.of(groups), FROM, Traffic.END);
  }

  private static RedQuery of(String service, String method, String caller, GroupBy... groups) {
    return new RedQuery(
        service.isEmpty() ? null : service,
        method.isEmpty() ? null : method,
        caller.isEmpty() ? null : caller,
        Set.of(groups),
        FROM,
        Traffic.END);
  }

  private Map<Map<String, String>, Long> calls(RedQuery query) {
    Map<Map<String, String>, Long> sums = new HashMap<>();
    for (RedSeries.Series series : store().series(query).series()) {
      sums.put(series.key(), Math.round(sum(series)));
    }
    return sums;
  }

  private static double sum(RedSeries.Series series) {
    return series.points().stream().mapToLong(RedPoint::calls).sum();
  }

  private RedSeries.Series only(RedQuery query) {
    List<RedSeries.Series> series = store().series(query).series();
    assertThat(series).hasSize(1);
    return series.get(0);
  }

  @Test
  void callersCount_andServicesThatNoneCountsCountThemselves() {
    assertThat(calls(by(GroupBy.SERVICE)))
        .isEqualTo(
            Map.of(
                Map.of("service", "orders"),
                900L,
                Map.of("service", "payments"),
                300L,
                Map.of("service", "ledger"),
                900L));
    assertThat(calls(ALL)).isEqualTo(Map.of(Map.of(), 2_100L));
  }

  @Test
  void groupsByWhatIsAskedFor() {
    assertThat(calls(of("orders", "", "", GroupBy.METHOD)))
        .isEqualTo(
            Map.of(Map.of("method", Traffic.PLACE), 600L, Map.of("method", Traffic.GET), 300L));
    assertThat(calls(by(GroupBy.CALLER, GroupBy.SERVICE)))
        .isEqualTo(
            Map.of(
                Map.of("caller", "storefront", "service", "orders"),
                900L,
                Map.of("caller", "orders", "service", "payments"),
                300L,
                Map.of("caller", "", "service", "ledger"),
                900L));
  }

  @Test
  void instancesCountAttempts_alsoByCaller() {
    assertThat(calls(of("orders", "", "", GroupBy.INSTANCE)))
        .isEqualTo(Map.of(Map.of("instance", "o1"), 660L, Map.of("instance", "o2"), 240L));
    assertThat(calls(of("ledger", "", "", GroupBy.INSTANCE)))
        .isEqualTo(Map.of(Map.of("instance", "l1"), 900L));
    assertThat(calls(of("", "", "storefront", GroupBy.INSTANCE, GroupBy.CALLER)))
        .isEqualTo(
            Map.of(
                Map.of("instance", "o1", "caller", "storefront"),
                660L,
                Map.of("instance", "o2", "caller", "storefront"),
                240L));
  }

  @Test
  void filtersByServiceMethodAndCaller() {
    assertThat(calls(of("orders", Traffic.GET, "", GroupBy.SERVICE)))
        .isEqualTo(Map.of(Map.of("service", "orders"), 300L));
    assertThat(calls(of("", "", "storefront", GroupBy.SERVICE)))
        .isEqualTo(Map.of(Map.of("service", "orders"), 900L));
    assertThat(calls(of("orders", Traffic.CHARGE, "", GroupBy.SERVICE))).isEmpty();
    assertThat(calls(of("ledger", "", "storefront", GroupBy.SERVICE))).isEmpty();
    assertThat(calls(of("nobody", "", "", GroupBy.SERVICE))).isEmpty();
  }

  @Test
  void hostileNamesAreNamesOfNothing() {
    for (String hostile :
        List.of(
            "orders\"} or vector(1) or x{a=\"",
            "orders\\",
            "orders\\\"",
            ".*",
            "or\nders",
            "\u0000",
            "\ud83d\ude80 {{ }} $1",
            "orders\" #")) {
      assertThat(calls(of(hostile, "", "", GroupBy.SERVICE))).as(hostile).isEmpty();
      assertThat(calls(of("orders", hostile, "", GroupBy.SERVICE))).as(hostile).isEmpty();
      assertThat(calls(of("orders", "", hostile, GroupBy.INSTANCE))).as(hostile).isEmpty();
    }
  }

  @Test
  void tellsRateErrorsAndDurations() {
    RedSeries.Series payments = only(of("payments", "", "", GroupBy.SERVICE));
    assertThat(payments.points())
        .allSatisfy(
            point -> {
              assertThat(point.rate()).isCloseTo(1.0, within(0.01));
              assertThat(point.errorShare()).isCloseTo(0.1, within(0.01));
              // 20 ms is the upper bound of its bucket, which begins at 16 ms.
              assertThat(point.p50Millis()).isBetween(16.0, 20.0);
              assertThat(point.p99Millis()).isBetween(16.0, 20.0);
            });
    RedSeries.Series orders = only(of("orders", Traffic.PLACE, "", GroupBy.SERVICE));
    assertThat(orders.points())
        .allSatisfy(
            point -> {
              assertThat(point.errors()).isZero();
              assertThat(point.p90Millis()).isBetween(1.0, 2.0);
            });
    RedSeries.Series instance = only(of("ledger", "", "", GroupBy.INSTANCE));
    assertThat(Objects.requireNonNull(instance.points().get(0).p50Millis())).isBetween(3.0, 4.0);
  }

  @Test
  void aSeriesHasAPointForEveryStepAskedFor() {
    RedSeries answer = store().series(by(GroupBy.SERVICE));
    Duration step = Duration.ofSeconds(answer.stepSeconds());
    assertThat(answer.from()).isEqualTo(FROM);
    assertThat(answer.to()).isEqualTo(Traffic.END);
    assertThat(answer.notes()).isEmpty();
    for (RedSeries.Series series : answer.series()) {
      assertThat(series.points())
          .hasSize((int) Duration.between(FROM, answer.to()).dividedBy(step));
      for (int i = 0; i < series.points().size(); i++) {
        assertThat(series.points().get(i).at()).isEqualTo(FROM.plus(step.multipliedBy(i)));
      }
    }
  }

  @Test
  void askedForNoTimesItAnswersForTheLastFifteenMinutes() {
    RedSeries answer = store().series(new RedQuery("orders", null, null, Set.of(), null, null));
    assertThat(answer.to()).isEqualTo(Traffic.END);
    assertThat(answer.from()).isEqualTo(Traffic.END.minus(Duration.ofMinutes(15)));
    List<RedPoint> points = answer.series().get(0).points();
    assertThat(points.get(0).calls()).as("before the traffic began").isZero();
    assertThat(points.get(0).p50Millis()).isNull();
    assertThat(sum(answer.series().get(0))).isCloseTo(1_800, within(18.0));
  }

  @Test
  void timesBeyondAllMeasureAreEmpty() {
    for (RedQuery query :
        List.of(
            new RedQuery(null, null, null, Set.of(), Instant.MAX, Instant.MIN),
            new RedQuery(null, null, null, Set.of(), Instant.MIN, Instant.MIN),
            new RedQuery(null, null, null, Set.of(), Instant.MAX, Instant.MAX),
            new RedQuery(null, null, null, Set.of(), Traffic.END.plusSeconds(600), null))) {
      assertThat(store().series(query).series()).noneMatch(series -> sum(series) > 0);
    }
  }

  @Test
  void itSaysWhatItIsAndHowFarItReaches() {
    MetricStore.Description description = store().description();
    assertThat(description.kind()).isNotEmpty();
    assertThat(description.where()).isNotEmpty();
    assertThat(description.reach()).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
  }
}
