package dev.clearspan.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.MutableClock;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.MetricIntake;
import dev.clearspan.console.metric.Points;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules find in exact aggregates. */
class CallSignalsTest {
  private final MutableClock clock = new MutableClock();
  private final CallAggregates calls = CallAggregates.create(clock);
  private final MetricIntake intake = new MetricIntake(calls, clock);

  private void called(String caller, String service, int count, double seconds, String code) {
    HistogramDataPoint.Builder point =
        Points.point(
            clock.instant().minusSeconds(1),
            clock.instant(),
            Points.times(count, seconds),
            "rpc.method",
            "shop.Any/Do",
            "server.address",
            service,
            "rpc.response.status_code",
            code);
    intake.accept(List.of(Points.from(caller, Points.delta("rpc.client.call.duration", point))));
  }

  private static AlertRule rule(AlertKind kind, RuleTarget target, long minCalls) {
    return new AlertRule(
        "r",
        "r",
        kind,
        target,
        new AlertCondition(AlertOperator.AT_LEAST, 10, kind.unit(), 30, minCalls),
        0,
        0,
        AlertSeverity.INFO,
        true,
        "",
        "",
        Map.of());
  }

  private Observation find(AlertKind kind, RuleTarget target, long minCalls) {
    return new CallSignals(calls).of(rule(kind, target, minCalls));
  }

  @Test
  void eachServiceByItself_overAllItsCallers() {
    called("web", "orders", 75, 0.010, "OK");
    called("app", "orders", 25, 0.010, "UNAVAILABLE");
    called("web", "payments", 10, 0.010, "OK");
    Observation found = find(AlertKind.ERROR_SHARE, RuleTarget.ALL, 1);
    assertThat(found.samples())
        .extracting(sample -> sample.target().service(), Sample::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("orders", 25.0),
            org.assertj.core.groups.Tuple.tuple("payments", 0.0));
    Observation ofWeb = find(AlertKind.ERROR_SHARE, new RuleTarget("orders", "", "web"), 1);
    assertThat(ofWeb.samples().get(0).value()).isZero();
  }

  @Test
  void tooFewCallsAreNoData_andSoIsAServiceThatNobodyCalls() {
    called("web", "orders", 9, 0.010, "UNAVAILABLE");
    assertThat(find(AlertKind.ERROR_SHARE, RuleTarget.ALL, 10).samples().get(0).value()).isNull();
    Sample unknown =
        find(AlertKind.LATENCY_P99, new RuleTarget("nobody", "", ""), 1).samples().get(0);
    assertThat(unknown.value()).isNull();
    assertThat(unknown.detail()).contains("0 calls in 30 s");
  }

  @Test
  void noCallsAtAllAreSaid_notTakenForWell() {
    assertThat(find(AlertKind.ERROR_SHARE, RuleTarget.ALL, 1).blind()).contains("no calls");
  }

  @Test
  void aRateFallsToZero_whereThereWereCallsLately() {
    RuleTarget orders = new RuleTarget("orders", "", "");
    assertThat(find(AlertKind.RATE, orders, 1).samples().get(0).value()).isNull();
    called("web", "orders", 60, 0.010, "OK");
    assertThat(find(AlertKind.RATE, orders, 1).samples().get(0).value()).isEqualTo(2.0);
    clock.advance(Duration.ofSeconds(60));
    assertThat(find(AlertKind.RATE, orders, 1).samples().get(0).value()).isZero();
    assertThat(find(AlertKind.ERROR_SHARE, orders, 1).samples().get(0).value()).isNull();
  }

  @Test
  void latenciesAreInMilliseconds() {
    called("web", "orders", 98, 0.010, "OK");
    called("web", "orders", 2, 0.8, "OK");
    RuleTarget orders = new RuleTarget("orders", "", "");
    assertThat(find(AlertKind.LATENCY_P50, orders, 1).samples().get(0).value())
        .isBetween(8.0, 10.0);
    assertThat(find(AlertKind.LATENCY_P99, orders, 1).samples().get(0).value())
        .isBetween(650.0, 800.0);
  }
}
