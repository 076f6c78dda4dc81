package dev.clearspan.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clearspan.console.ManualClock;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.MetricIntake;
import dev.clearspan.console.metric.Points;
import dev.clearspan.console.recorder.Recorders;
import dev.clearspan.console.recorder.Shed;
import dev.clearspan.console.trace.H2TraceStore;
import dev.clearspan.console.trace.Spans;
import dev.clearspan.console.trace.TraceId;
import dev.clearspan.console.trace.TraceStoreConfig;
import dev.clearspan.console.web.Problems;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link TracesApi} and {@link MetricsApi} over HTTP, on a real store and real aggregates. */
class TracesApiTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final TraceId ID = new TraceId(0x1111222233334444L, 7);
  private static final String PLACE = "shop.Orders/Place";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ManualClock clock = new ManualClock(NOON);
  private final CallAggregates calls = CallAggregates.create(clock);
  private Recorders recorders;
  private H2TraceStore store;
  private Javalin server;

  private record Answer(int status, JsonNode body) {}

  @BeforeEach
  void start() {
    store = H2TraceStore.open(TraceStoreConfig.in(directory), clock);
    recorders = new Recorders(TraceStoreConfig.in(directory), clock);
    store.append(
        Spans.groups(
            List.of(
                Spans.from(
                    "storefront",
                    Spans.client(ID, 1, 0, "orders", PLACE, NOON, 40, "UNAVAILABLE"),
                    Spans.client(new TraceId(1, 2), 1, 0, "orders", PLACE, NOON, 4, "OK")))));
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  Problems.register(config.routes);
                  Stream.of(
                          new TracesApi(store, store, recorders.absences(store)),
                          new MetricsApi(calls))
                      .flatMap(api -> api.routes().stream())
                      .forEach(
                          route ->
                              config.routes.addHttpHandler(
                                  route.method(), route.path(), route.handler()));
                })
            .start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    server.stop();
    store.close();
  }

  private Answer get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
  }

  @Test
  void searchesTraces() throws Exception {
    JsonNode found =
        get("/traces?service=orders&method=shop.Orders%2FPlace&status=error&minDurationMillis=40&maxDurationMillis=40"
                + "&attribute=rpc.response.status_code:UNAVAILABLE&from=2026-05-04T11:00:00Z&to=2026-05-04T13:00:00Z"
                + "&limit=5")
            .body();
    assertThat(found.get("truncated").booleanValue()).isFalse();
    assertThat(found.get("traces")).hasSize(1);
    JsonNode row = found.get("traces").get(0);
    assertThat(row.get("traceId").textValue()).isEqualTo(ID.toString());
    assertThat(row.get("startedAt").textValue()).isEqualTo("2026-05-04T12:00:00Z");
    assertThat(row.get("firstError").get("message").textValue()).isEqualTo("UNAVAILABLE happened");
    assertThat(get("/traces").body().get("traces")).hasSize(2);
  }

  @Test
  void showsATrace() throws Exception {
    JsonNode trace = get("/traces/" + ID).body();
    assertThat(trace.get("durationMicros").longValue()).isEqualTo(40_000);
    JsonNode span = trace.get("spans").get(0);
    assertThat(span.get("kind").textValue()).isEqualTo("CLIENT");
    assertThat(span.get("parentSpanId").isNull()).isTrue();
    assertThat(span.get("statusCode").textValue()).isEqualTo("ERROR");
    assertThat(span.get("attributes").get("server.address").textValue()).isEqualTo("orders");
    assertThat(get("/traces/" + ID.toString().toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
  }

  @Test
  void anUnknownTraceIsNotFoundAndTheReasonsAreGiven() throws Exception {
    Answer answer = get("/traces/" + new TraceId(5, 5));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().get("detail").textValue())
        .contains("is not stored")
        .contains("do they send telemetry to this console?")
        .contains("24 hours")
        .contains("2026-05-04T12:00:00Z");
    assertThat(answer.body().at("/absence/cause").textValue()).isEqualTo("UNKNOWN");
    assertThat(answer.body().at("/absence/retention/hours").intValue()).isEqualTo(24);
  }

  @Test
  void aTraceThatWasShedIsAnsweredWithTheTimeAndWithOneLikeIt() throws Exception {
    recorders
        .intake()
        .accept(
            List.of(
                Points.from(
                    "orders",
                    Points.sum(
                        "clearspan.recorder.shed",
                        Points.number(
                            NOON,
                            NOON.plusSeconds(40),
                            4_000,
                            "clearspan.recorder.threshold",
                            16_384)))));
    TraceId shed = Shed.id(16_384, true);
    Answer answer = get("/traces/" + shed);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().get("detail").textValue())
        .contains("of orders and of 2026-05-04T12:00:00Z to 2026-05-04T12:00:40Z")
        .contains("with 75% of the traces")
        .contains("One like it that was kept: " + ID);
    JsonNode range = answer.body().at("/absence/shed/0");
    assertThat(range.get("share").doubleValue()).isEqualTo(0.75);
    assertThat(range.get("count").longValue()).isEqualTo(4_000);
    assertThat(range.get("similarTraceId").textValue()).isEqualTo(ID.toString());
    assertThat(get("/traces/" + Shed.id(16_384, false)).body().at("/absence/shed")).isEmpty();
  }

  @Test
  void lossesOfProcessesAreNamedWhereNothingWasShed() throws Exception {
    recorders
        .intake()
        .accept(
            List.of(
                Points.from(
                    "orders",
                    Points.sum(
                        "clearspan.recorder.lost",
                        Points.number(NOON, NOON, 7, "stage", "queue_full")))));
    Answer answer = get("/traces/" + new TraceId(5, 5));

    assertThat(answer.body().at("/absence/cause").textValue()).isEqualTo("LOST");
    assertThat(answer.body().get("detail").textValue())
        .contains("among the 7 records that orders-1 of orders has lost (queue_full");
  }

  @Test
  void listsFailures() throws Exception {
    JsonNode failures = get("/failures?limit=10").body();
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).get("caller").textValue()).isEqualTo("storefront");
    assertThat(failures.get(0).get("service").textValue()).isEqualTo("orders");
    assertThat(failures.get(0).get("status").textValue()).isEqualTo("UNAVAILABLE");
    assertThat(failures.get(0).get("durationMillis").doubleValue()).isEqualTo(40);
  }

  @Test
  void showsRed() throws Exception {
    new MetricIntake(calls, clock)
        .accept(
            List.of(
                Points.from(
                    "storefront",
                    Points.delta(
                        "rpc.client.call.duration",
                        Points.point(
                            NOON,
                            NOON,
                            Points.times(20, 0.002),
                            "rpc.method",
                            PLACE,
                            "server.address",
                            "orders")))));
    clock.advance(Duration.ofSeconds(10));
    JsonNode red =
        get("/metrics/red?service=orders&caller=storefront&groupBy=service,method").body();
    assertThat(red.get("stepSeconds").intValue()).isEqualTo(10);
    JsonNode line = red.get("series").get(0);
    assertThat(line.get("key").get("service").textValue()).isEqualTo("orders");
    assertThat(line.get("key").get("method").textValue()).isEqualTo(PLACE);
    JsonNode last = line.get("points").get(89);
    assertThat(last.get("calls").longValue()).isEqualTo(20);
    assertThat(last.get("rate").doubleValue()).isEqualTo(2);
    assertThat(line.get("points").get(0).get("p99Millis").isNull()).isTrue();
    assertThat(get("/metrics/red?method=shop.Nothing/AtAll").body().get("series")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/traces/123|traceId|'123' (expected: 32 hex digits, not all zero)",
        "/traces/00000000000000000000000000000000|traceId|expected: 32 hex digits, not all zero",
        "/traces?limit=0|limit|expected: a whole number from 1 to 1000",
        "/traces?minDurationMillis=fast|minDurationMillis|'fast'",
        "/traces?minDurationMillis=9&maxDurationMillis=8|maxDurationMillis|at least"
            + " minDurationMillis, 9",
        "/traces?status=%3Cb%3E|status|expected: ok, error, or a code",
        "/traces?attribute=keyonly|attribute|expected: key:value",
        "/traces?from=yesterday|from|ISO-8601",
        "/traces?from=2026-05-04T12:00:00Z&to=2026-05-04T12:00:00Z|to|expected: after from",
        "/failures?limit=many|limit|from 1 to 1000",
        "/metrics/red?groupBy=colour|groupBy|expected: service, method, caller or instance",
        "/metrics/red?groupBy=service,|groupBy|expected: service",
        "/metrics/red?from=2026-05-04T12:00:00Z&to=2026-05-04T11:00:00Z|to|expected: after from",
      })
  void aBadParameterIsNamedWithWhatWasExpected(String path, String field, String detail)
      throws Exception {
    Answer answer = get(path);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().get("field").textValue()).isEqualTo(field);
    assertThat(answer.body().get("detail").textValue()).contains(detail);
  }

  @Test
  void aStoreThatCannotBeReadIsUnavailable() throws Exception {
    store.close();
    Answer answer = get("/traces/" + ID);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body().get("detail").textValue()).contains("traces.mv.db");
  }
}
