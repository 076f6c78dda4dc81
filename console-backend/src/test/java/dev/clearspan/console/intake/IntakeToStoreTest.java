package dev.clearspan.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.MetricIntake;
import dev.clearspan.console.metric.Points;
import dev.clearspan.console.trace.H2TraceStore;
import dev.clearspan.console.trace.Spans;
import dev.clearspan.console.trace.TraceId;
import dev.clearspan.console.trace.TraceQuery;
import dev.clearspan.console.trace.TraceStoreConfig;
import dev.clearspan.console.trace.TraceWriter;
import dev.clearspan.console.trace.TraceWriterConfig;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, from an exporter's request to what the console can answer. */
class IntakeToStoreTest {
  private static final String PLACE = "shop.Orders/Place";

  @TempDir private Path directory;
  private final InstantSource clock = InstantSource.system();
  private final CallAggregates calls = CallAggregates.create(clock);
  private H2TraceStore store;
  private TraceWriter writer;
  private OtlpReceiver receiver;

  @BeforeEach
  void start() {
    store = H2TraceStore.open(TraceStoreConfig.in(directory), clock);
    writer = TraceWriter.start(store, store, TraceWriterConfig.DEFAULT);
    receiver =
        OtlpReceiver.start(
            IntakeConfig.DEFAULT.withPort(0), writer, new MetricIntake(calls, clock));
  }

  @AfterEach
  void stop() {
    receiver.close();
    writer.close();
    store.close();
  }

  private static ExportTraceServiceRequest failedCall(TraceId id) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            Spans.from(
                "storefront",
                Spans.client(id, 1, 0, "orders", PLACE, Instant.now(), 3, "UNAVAILABLE")))
        .build();
  }

  @Test
  void aFailedCallIsFoundOnceItHasArrived() {
    TraceId id = new TraceId(1, 2);
    new OtlpClient(receiver.port()).send("/v1/traces", failedCall(id));
    await().pollInterval(Duration.ofMillis(10)).until(() -> !store.failures(10).isEmpty());
    assertThat(store.find(id)).isPresent();
    assertThat(store.search(TraceQuery.NEWEST.withService("orders")).traces()).hasSize(1);
  }

  /** To be stored it is wrapped as in the request: what could be read there can be read again. */
  @Test
  void theDeepestSpanThatIsTakenIsFound() {
    OtlpClient client = new OtlpClient(receiver.port());
    AnyValue value = AnyValue.newBuilder().setStringValue("deepest").build();
    int taken = 0;
    for (int depth = 1; depth < 60; depth++) {
      TraceId id = new TraceId(1, depth);
      Span.Builder span =
          Spans.server(id, 1, 0, PLACE, Instant.now(), 3, "OK")
              .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(value));
      int status =
          client
              .send(
                  "/v1/traces",
                  ExportTraceServiceRequest.newBuilder()
                      .addResourceSpans(Spans.from("orders", span))
                      .build())
              .statusCode();
      assertThat(status).isIn(200, 400);
      if (status == 200) {
        taken++;
        await().until(() -> store.find(id).isPresent());
        assertThat(store.find(id).orElseThrow().spans().get(0).attributes())
            .extracting("deep")
            .asString()
            .contains("deepest");
      }
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    assertThat(taken).isBetween(40, 58);
    assertThat(store.state().corruptFragments()).isZero();
  }

  @Test
  void everySpanAndCallOfManyExportersIsThere() throws Exception {
    int exporters = 4;
    int requests = 100;
    ExecutorService pool = Executors.newFixedThreadPool(exporters);
    try {
      var sending =
          IntStream.range(0, exporters)
              .<Future<?>>mapToObj(exporter -> pool.submit(() -> export(exporter, requests)))
              .toList();
      for (Future<?> future : sending) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
    long all = (long) exporters * requests;
    await().atMost(Duration.ofSeconds(60)).until(() -> store.state().spans() == all);
    assertThat(store.state().traces()).isEqualTo(all);
    assertThat(receiver.state().spansDropped()).isZero();
    assertThat(calls.totals(Duration.ofMinutes(1)).stream().mapToLong(row -> row.calls()).sum())
        .isEqualTo(3 * all);
  }

  private void export(int exporter, int requests) {
    OtlpClient client = new OtlpClient(receiver.port());
    for (int i = 0; i < requests; i++) {
      Instant now = clock.instant();
      ExportMetricsServiceRequest metrics =
          ExportMetricsServiceRequest.newBuilder()
              .addResourceMetrics(
                  Points.from(
                      "caller-" + exporter,
                      Points.delta(
                          "rpc.client.call.duration",
                          Points.point(
                              now,
                              now,
                              Points.times(3, 0.002),
                              "rpc.method",
                              PLACE,
                              "server.address",
                              "orders"))))
              .build();
      assertThat(client.send("/v1/metrics", metrics).statusCode()).isEqualTo(200);
      TraceId id = new TraceId(exporter + 1, i + 1);
      assertThat(client.send("/v1/traces", failedCall(id)).statusCode()).isEqualTo(200);
    }
  }
}
