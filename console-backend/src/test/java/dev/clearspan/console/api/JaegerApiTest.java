package dev.clearspan.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clearspan.console.FakeControlStore;
import dev.clearspan.console.MutableClock;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.ExternalCalls;
import dev.clearspan.console.metric.MetricIntake;
import dev.clearspan.console.metric.Points;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.trace.H2TraceStore;
import dev.clearspan.console.trace.Spans;
import dev.clearspan.console.trace.TraceId;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.console.trace.TraceStoreConfig;
import dev.clearspan.console.web.Problems;
import io.javalin.Javalin;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@link JaegerApi} over HTTP, on a real store. The documents' fields and types are those of
 * Jaeger's own fixture of a trace as its UI reads it (jaegertracing/jaeger, {@code
 * internal/uimodel/converter/v1/json/fixtures/ui_01.json}).
 */
class JaegerApiTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long START_MICROS = START.getEpochSecond() * 1_000_000;
  private static final TraceId FAILED = new TraceId(0x1111, 7);
  private static final TraceId FINE = new TraceId(1, 2);
  private static final String PLACE = "shop.Orders/Place";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final MutableClock clock = new MutableClock();
  private final CallAggregates calls = CallAggregates.create(clock);
  private final RegistryView registry = new RegistryView(new FakeControlStore(), clock);
  private TraceStore store;
  private Javalin server;

  private record Answer(int status, JsonNode body) {}

  @BeforeEach
  void start() {
    store = H2TraceStore.open(TraceStoreConfig.in(directory), clock);
    store.append(
        Spans.groups(
            List.of(
                Spans.from(
                    "storefront",
                    Spans.client(FAILED, 1, 0, "orders", PLACE, START, 40, "UNAVAILABLE"),
                    Spans.client(FINE, 1, 0, "orders", PLACE, START, 4, "OK")),
                Spans.from(
                    "orders", Spans.server(FAILED, 2, 1, PLACE, START.plusMillis(3), 30, "OK")))));
    TopologyModel topology =
        new TopologyModel("test", registry, calls, new ExternalCalls(clock), clock);
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  Problems.register(config.routes);
                  new JaegerApi(store, topology)
                      .routes()
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
    registry.close();
    store.close();
  }

  private Answer get(String path) throws Exception {
    String base = "http://127.0.0.1:" + server.port() + "/api/v1/jaeger/api";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30)).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
  }

  private List<String> foundIds(String query) throws Exception {
    return get("/traces?" + query).body().get("data").findValuesAsText("traceID").stream()
        .distinct()
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aTraceHasTheShapeOfJaegersOwn() throws Exception {
    JsonNode trace = get("/traces/" + FAILED).body().at("/data/0");
    assertThat(trace.get("traceID").textValue()).isEqualTo(FAILED.toString());
    assertThat(trace.get("warnings").isNull()).isTrue();
    JsonNode call = trace.at("/spans/0");
    assertThat(call.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "traceID",
            "spanID",
            "operationName",
            "references",
            "startTime",
            "duration",
            "tags",
            "logs",
            "processID",
            "warnings");
    assertThat(call.get("spanID").textValue()).isEqualTo("0000000000000001");
    assertThat(call.get("operationName").textValue()).isEqualTo(PLACE);
    assertThat(call.get("references")).isEmpty();
    assertThat(call.get("startTime").longValue()).isEqualTo(START_MICROS);
    assertThat(call.get("duration").longValue()).isEqualTo(40_000);
    assertThat(call.get("tags"))
        .contains(
            MAPPER.readTree("{\"key\":\"error\",\"type\":\"bool\",\"value\":true}"),
            MAPPER.readTree("{\"key\":\"span.kind\",\"type\":\"string\",\"value\":\"client\"}"));
    assertThat(trace.at("/processes/p1/serviceName").textValue()).isEqualTo("storefront");
  }

  @Test
  void aSpanLeadsToItsParentAndToItsProcess() throws Exception {
    JsonNode trace = get("/traces/" + FAILED).body().at("/data/0");
    JsonNode served = trace.at("/spans/1");
    assertThat(served.at("/references/0"))
        .isEqualTo(
            MAPPER.readTree(
                "{\"refType\":\"CHILD_OF\",\"traceID\":\"%s\",\"spanID\":\"0000000000000001\"}"
                    .formatted(FAILED)));
    assertThat(served.get("startTime").longValue()).isEqualTo(START_MICROS + 3_000);
    assertThat(trace.at("/processes/" + served.get("processID").textValue()))
        .isEqualTo(
            MAPPER.readTree(
                "{\"serviceName\":\"orders\",\"tags\":[{\"key\":\"service.instance.id\","
                    + "\"type\":\"string\",\"value\":\"orders-1\"}]}"));
  }

  @Test
  void anIdMayLackItsLeadingZeros() throws Exception {
    String brief = FINE.toString().replaceFirst("^0+", "");
    assertThat(get("/traces/" + brief).body().at("/data/0/traceID").textValue())
        .isEqualTo(FINE.toString());
  }

  @ParameterizedTest
  @CsvSource({"00000000000000050000000000000005", "5", "nonsense", "0"})
  void whatIsNotStoredIsNotFound(String id) throws Exception {
    Answer answer = get("/traces/" + id);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().get("detail").textValue()).contains("not stored");
  }

  @Test
  void searchesByWhatGrafanaSends() throws Exception {
    String both = "service=orders&operation=" + encoded(PLACE);
    assertThat(foundIds(both)).containsExactlyInAnyOrder(FAILED.toString(), FINE.toString());
    assertThat(foundIds(both + "&tags=" + encoded("{\"error\":\"true\"}")))
        .containsExactly(FAILED.toString());
    assertThat(
            foundIds(both + "&tags=" + encoded("{\"rpc.response.status_code\":\"UNAVAILABLE\"}")))
        .containsExactly(FAILED.toString());
    assertThat(foundIds(both + "&minDuration=0.01s")).containsExactly(FAILED.toString());
    assertThat(foundIds("service=storefront&maxDuration=5000us")).containsExactly(FINE.toString());
    assertThat(foundIds(both + "&start=" + (START_MICROS + 1))).isEmpty();
    assertThat(foundIds(both + "&start=" + START_MICROS + "&end=" + (START_MICROS + 1))).hasSize(2);
    assertThat(foundIds(both + "&limit=1")).hasSize(1);
    assertThat(foundIds("service=ledger")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minDuration | 5 | such as 1.5s",
        "maxDuration | long | such as 1.5s",
        "tags | [1] | JSON object",
        "tags | {\"error\":\"maybe\"} | true or false",
        "tags | {\"a\":\"1\",\"b\":\"2\"} | at most one tag besides error",
        "limit | 101 | from 1 to 100",
        "start | -1 | from 0",
      })
  void aWrongParameterIsNamed(String name, String value, String expected) throws Exception {
    Answer answer = get("/traces?service=orders&" + name + "=" + encoded(value));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().get("field").textValue()).isEqualTo(name);
    assertThat(answer.body().get("detail").textValue()).contains(expected);
  }

  @Test
  void servicesOperationsAndDependenciesComeFromWhatWasCounted() throws Exception {
    new MetricIntake(calls, clock)
        .accept(
            List.of(
                Points.from(
                    "storefront",
                    Points.delta(
                        "rpc.client.call.duration",
                        Points.point(
                            START.minusSeconds(1),
                            START,
                            Points.times(7, 0.002),
                            "rpc.method",
                            PLACE,
                            "server.address",
                            "orders")))));
    clock.advance(Duration.ofSeconds(1));
    assertThat(get("/services").body())
        .isEqualTo(MAPPER.readTree("{\"data\":[\"orders\",\"storefront\"],\"total\":2}"));
    assertThat(get("/services/orders/operations").body().get("data"))
        .isEqualTo(MAPPER.readTree("[\"" + PLACE + "\"]"));
    assertThat(get("/dependencies?endTs=1&lookback=86400000").body().get("data"))
        .isEqualTo(
            MAPPER.readTree("[{\"parent\":\"storefront\",\"child\":\"orders\",\"callCount\":7}]"));
  }
}
