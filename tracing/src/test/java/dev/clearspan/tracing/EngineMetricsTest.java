package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.PLACE;
import static dev.clearspan.tracing.Shop.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.Gauges.Sample;
import dev.clearspan.tracing.testing.CollectorFixture;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application's own OpenTelemetry SDK takes what the engine counts. */
final class EngineMetricsTest {
  private static final String CALLS = "rpc.client.call.duration";
  private static final Resource APPLICATION =
      Resource.builder().put("service.name", "the-application").build();

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();
  private InMemoryMetricReader reader = InMemoryMetricReader.create();
  private TracingLedger ledger;

  @BeforeEach
  void open() {
    ledger = Shop.ledger(collector, "storefront", "OTEL_SDK_DISABLED", "true");
  }

  @Test
  void cumulativeReadingsAreRunningTotals() {
    try (SdkMeterProvider sdk = sdk(InMemoryMetricReader.create(), EngineMetrics.cumulative())) {
      assertThat(sdk).isNotNull();
      placeOrders(2);
      assertThat(counted(CALLS)).isEqualTo(2);
      placeOrders(3);
      assertThat(counted(CALLS)).isEqualTo(5);
      assertThat(temporality(CALLS)).isEqualTo(AggregationTemporality.CUMULATIVE);
    }
  }

  @Test
  void deltaReadingsAddUp_andLeaveOutWhatDidNotChange() {
    try (SdkMeterProvider sdk = sdk(InMemoryMetricReader.createDelta(), EngineMetrics.delta())) {
      assertThat(sdk).isNotNull();
      placeOrders(2);
      assertThat(counted(CALLS)).isEqualTo(2);
      placeOrders(3);
      assertThat(counted(CALLS)).isEqualTo(3);
      assertThat(counted(CALLS)).isZero();
    }
  }

  @Test
  void oneLedgerSpeaksAsTheApplication_severalAsThemselves() {
    try (SdkMeterProvider sdk = sdk(InMemoryMetricReader.create(), EngineMetrics.cumulative())) {
      assertThat(sdk).isNotNull();
      placeOrders(1);
      assertThat(services(CALLS)).containsExactly("the-application");

      TracingLedger other = Shop.ledger(collector, "orders", "OTEL_SDK_DISABLED", "true");
      other.beginCall(PLACE, "inventory").end(call(1, Status.OK));
      assertThat(services(CALLS)).containsExactlyInAnyOrder("storefront", "orders");
      other.close();
    }
  }

  @Test
  void statesAreThereToo() {
    ledger
        .gauges()
        .register(() -> List.of(new Sample("clearspan.lb.endpoints", 3, Map.of(), false)));
    try (SdkMeterProvider sdk = sdk(InMemoryMetricReader.create(), EngineMetrics.cumulative())) {
      assertThat(sdk).isNotNull();
      assertThat(collect())
          .filteredOn(metric -> metric.getName().equals("clearspan.lb.endpoints"))
          .singleElement()
          .satisfies(
              metric ->
                  assertThat(metric.getDoubleGaugeData().getPoints())
                      .singleElement()
                      .satisfies(point -> assertThat(point.getValue()).isEqualTo(3)));
    }
  }

  private SdkMeterProvider sdk(InMemoryMetricReader memory, EngineMetrics producer) {
    reader = memory;
    return SdkMeterProvider.builder()
        .setResource(APPLICATION)
        .registerMetricReader(memory)
        .registerMetricProducer(producer)
        .build();
  }

  private void placeOrders(int calls) {
    for (int i = 0; i < calls; i++) {
      ledger.beginCall(PLACE, "orders").end(call(1, Status.OK));
    }
  }

  private Collection<MetricData> collect() {
    return reader.collectAllMetrics();
  }

  private List<MetricData> metrics(String name) {
    return collect().stream().filter(metric -> metric.getName().equals(name)).toList();
  }

  private long counted(String name) {
    return metrics(name).stream()
        .flatMap(metric -> metric.getHistogramData().getPoints().stream())
        .mapToLong(HistogramPointData::getCount)
        .sum();
  }

  private AggregationTemporality temporality(String name) {
    return metrics(name).get(0).getHistogramData().getAggregationTemporality();
  }

  private List<String> services(String name) {
    return metrics(name).stream()
        .map(metric -> metric.getResource().getAttribute(AttributeKey.stringKey("service.name")))
        .toList();
  }
}
