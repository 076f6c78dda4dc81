package dev.clearspan.tracing.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.ledger.Gauges.Sample;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeltaViewTest {
  private static final String CALLS = "rpc.client.call.duration";
  private static final String STATE = "clearspan.breaker.state";
  private static final String THROTTLED = "clearspan.client.retry.throttled";

  private final Counting counting = new Counting();
  private final GaugeSources gauges = counting.gauges;
  private final DeltaView view = new DeltaView(counting.source, Resource.empty(), 0);

  @Test
  void onlyChangedSeriesAreSent() {
    call("orders");
    deliver(1);
    call("payments");

    List<HistogramPointData> points = points(view.read(2), CALLS);

    assertThat(points).hasSize(1);
    assertThat(points.get(0).getAttributes().toString()).contains("payments");
    deliver(2);
    assertThat(metric(view.read(3), CALLS)).isEmpty();
  }

  @Test
  void aPushNotDelivered_isContainedInTheNextOne_andSoIsItsTime() {
    call("orders");
    deliver(10);
    call("orders");
    view.read(20).metrics();
    call("orders");

    HistogramPointData point = points(view.read(30), CALLS).get(0);

    assertThat(point.getCount()).isEqualTo(2);
    assertThat(point.getStartEpochNanos()).isEqualTo(10);
    assertThat(point.getEpochNanos()).isEqualTo(30);
  }

  @Test
  void statesAreSentWhenTheyChange_andAllOfThemNowAndThen() {
    double[] open = {0};
    gauges.register(() -> List.of(new Sample(STATE, open[0], Map.of("state", "open"), false)));

    assertThat(numbers(deliver(1), STATE)).containsExactly(0.0);
    assertThat(numbers(deliver(2), STATE)).isEmpty();
    open[0] = 1;
    assertThat(numbers(deliver(3), STATE)).containsExactly(1.0);
    assertThat(numbers(deliver(TimeUnit.SECONDS.toNanos(31)), STATE)).containsExactly(1.0);
  }

  @Test
  void aCounterThatBeganAnew_countsFromZero() {
    double[] throttled = {5};
    gauges.register(() -> List.of(new Sample(THROTTLED, throttled[0], Map.of(), true)));

    assertThat(numbers(deliver(1), THROTTLED)).containsExactly(5.0);
    throttled[0] = 7;
    assertThat(numbers(deliver(2), THROTTLED)).containsExactly(2.0);
    throttled[0] = 3;
    assertThat(numbers(deliver(3), THROTTLED)).containsExactly(3.0);
  }

  @Test
  void twoSourcesOfOneSeries_becomeOne() {
    for (double value : new double[] {2, 3}) {
      gauges.register(
          () ->
              List.of(
                  new Sample(THROTTLED, value, Map.of(), true),
                  new Sample(STATE, value, Map.of(), false)));
    }

    List<MetricData> push = deliver(1);

    assertThat(numbers(push, THROTTLED)).containsExactly(5.0);
    assertThat(numbers(push, STATE)).containsExactly(3.0);
  }

  @Test
  void aSourceThatFails_spoilsNothingElse() throws Exception {
    gauges.register(
        () -> {
          throw new IllegalStateException("closed");
        });
    AutoCloseable removed = gauges.register(() -> List.of(sample(1)));
    gauges.register(() -> List.of(sample(2)));
    removed.close();

    assertThat(numbers(deliver(1), THROTTLED)).containsExactly(2.0);
  }

  @Test
  void aSeriesTooMany_goesIntoTheOverflowSeries_andIsCounted() {
    for (int i = 0; i < 2_003; i++) {
      call("service-" + i);
    }

    List<HistogramPointData> points = points(view.read(1), CALLS);

    assertThat(points).hasSize(2_001);
    assertThat(points)
        .filteredOn(point -> point.getAttributes().toString().contains("otel.metric.overflow"))
        .singleElement()
        .satisfies(point -> assertThat(point.getCount()).isEqualTo(3));
    assertThat(numbers(deliver(2), "clearspan.telemetry.lost")).containsExactly(3.0);
  }

  private void call(String service) {
    int unused = counting.call(service, 1_000);
  }

  private static Sample sample(double value) {
    return new Sample(THROTTLED, value, Map.of(), true);
  }

  private List<MetricData> deliver(long now) {
    DeltaView.Push push = view.read(now);
    List<MetricData> metrics = push.metrics();
    push.delivered();
    return metrics;
  }

  private static Optional<MetricData> metric(DeltaView.Push push, String name) {
    return push.metrics().stream().filter(metric -> metric.getName().equals(name)).findAny();
  }

  private static List<HistogramPointData> points(DeltaView.Push push, String name) {
    return new ArrayList<>(metric(push, name).orElseThrow().getHistogramData().getPoints());
  }

  private static List<Double> numbers(List<MetricData> metrics, String name) {
    return metrics.stream()
        .filter(metric -> metric.getName().equals(name))
        .flatMap(metric -> metric.getData().getPoints().stream())
        .map(point -> ((DoublePointData) point).getValue())
        .toList();
  }
}
