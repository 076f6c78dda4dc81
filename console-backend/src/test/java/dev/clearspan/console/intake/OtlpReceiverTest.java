package dev.clearspan.console.intake;

import static dev.clearspan.console.intake.OtlpClient.JSON;
import static dev.clearspan.console.intake.OtlpClient.PROTOBUF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.clearspan.console.metric.Points;
import dev.clearspan.console.trace.Spans;
import dev.clearspan.console.trace.TraceId;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpReceiverTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final TraceId ID = new TraceId(0x1111222233334444L, 7);
  private static final String TRACES = "/v1/traces";
  private static final String METRICS = "/v1/metrics";

  private final FakeSink sink = new FakeSink();
  private volatile MetricSink.Outcome outcome = new MetricSink.Outcome(1, 0, "");
  private OtlpReceiver receiver;
  private OtlpClient client;

  @BeforeEach
  void start() {
    start(IntakeConfig.DEFAULT.withPort(0).withMaxBodyBytes(1 << 20));
  }

  private void start(IntakeConfig config) {
    receiver = OtlpReceiver.start(config, sink, metrics -> outcome);
    client = new OtlpClient(receiver.port());
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static Span.Builder span() {
    return Spans.server(ID, 1, 0, "shop.Orders/Place", NOON, 5, "OK");
  }

  private static ExportTraceServiceRequest request(Span.Builder... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(Spans.from("orders", spans))
        .build();
  }

  @Test
  void takesProtobufPlainAndGzipped() throws Exception {
    HttpResponse<byte[]> plain = client.send(TRACES, request(span()));
    HttpResponse<byte[]> gzipped = client.sendGzip(TRACES, request(span()).toByteArray(), PROTOBUF);

    assertThat(List.of(plain.statusCode(), gzipped.statusCode())).containsOnly(200);
    assertThat(plain.headers().firstValue("Content-Type")).contains(PROTOBUF);
    assertThat(ExportTraceServiceResponse.parseFrom(plain.body()).hasPartialSuccess()).isFalse();
    assertThat(sink.batches).hasSize(2);
    assertThat(sink.span().getName()).isEqualTo("shop.Orders/Place");
    assertThat(receiver.state().spansReceived()).isEqualTo(2);
    assertThat(receiver.state().spansDropped()).isZero();
    assertThat(receiver.state().queueDepth()).isEqualTo(2);
  }

  @Test
  void takesJsonWithHexIds() {
    String json =
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},
          "unknownField":{"a":[1,{"b":null}]},
          "scopeSpans":[{"scope":{"name":"x"},"spans":[{
            "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","parentSpanId":"",
            "name":"shop.Orders/Place","kind":2,
            "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,
            "attributes":[{"key":"n","value":{"intValue":"-5"}},{"key":"d","value":{"doubleValue":1.5}},
              {"key":"b","value":{"boolValue":true}},{"key":"a","value":{"arrayValue":{"values":[{"intValue":1}]}}}],
            "status":{"code":2,"message":"no"}}]}]}]}
        """;
    HttpResponse<byte[]> answer =
        client.sendGzip(TRACES, json.getBytes(UTF_8), JSON + "; charset=utf-8");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
    Span span = sink.span();
    assertThat(span.getTraceId().byteAt(0)).isEqualTo((byte) 0x5B);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1544712660000000000L);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(1544712661000000000L);
    assertThat(span.getAttributes(0).getValue().getIntValue()).isEqualTo(-5);
    assertThat(span.getAttributes(3).getValue().getArrayValue().getValues(0).getIntValue())
        .isEqualTo(1);
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(span.getStatus().getMessage()).isEqualTo("no");
  }

  @Test
  void invalidSpansAreRejectedInPart() throws Exception {
    Span.Builder shortTrace = span().setTraceId(ByteString.copyFrom(new byte[8]));
    Span.Builder zeroSpan = span().setSpanId(ByteString.copyFrom(new byte[8]));
    ExportTraceServiceRequest request = request(span(), shortTrace, zeroSpan);

    ExportTraceServiceResponse answer =
        ExportTraceServiceResponse.parseFrom(client.send(TRACES, request).body());

    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
    assertThat(answer.getPartialSuccess().getErrorMessage()).contains("bad id");
    assertThat(sink.batches.element().count()).isEqualTo(1);
    assertThat(receiver.state().spansDropped()).isEqualTo(2);
  }

  @Test
  void whatIsBeyondTheLimitsIsCutAndCounted() {
    Span.Builder large = span().clearAttributes();
    for (int i = 0; i < 200; i++) {
      large.addAttributes(Spans.attribute("key" + i, i == 0 ? "\u00e9".repeat(3000) : "v"));
    }
    for (int i = 0; i < 130; i++) {
      large.addEventsBuilder().setName("event");
    }
    assertThat(client.send(TRACES, request(large)).statusCode()).isEqualTo(200);

    assertThat(sink.span().getAttributesCount()).isEqualTo(128);
    assertThat(sink.span().getAttributes(0).getValue().getStringValue())
        .isEqualTo("\u00e9".repeat(2048));
    assertThat(sink.span().getEventsCount()).isEqualTo(128);
    assertThat(receiver.state().truncatedValues()).isEqualTo(72 + 2 + 1);
  }

  @Test
  void aSpanOfManyLargeValuesIsCutToAFraction() {
    Span.Builder large = span();
    for (int i = 0; i < 120; i++) {
      large.addAttributes(Spans.attribute("key" + i, "x".repeat(4000)));
      large.addEventsBuilder().setName("e").addAttributes(Spans.attribute("key", "y".repeat(4000)));
    }
    assertThat(client.send(TRACES, request(large)).statusCode()).isEqualTo(200);
    assertThat(sink.span().getSerializedSize()).isLessThan(300 << 10);
    assertThat(receiver.state().truncatedValues()).isPositive();
  }

  @Test
  void aTraceWithoutEndIsCutOff() {
    receiver.close();
    start(IntakeConfig.DEFAULT.withPort(0).withLimits(new SpanLimits(128, 4096, 128, 10, 10)));
    for (int i = 0; i < 4; i++) {
      client.send(TRACES, request(span(), span(), span(), span()));
    }
    assertThat(receiver.state().spansReceived()).isEqualTo(16);
    assertThat(receiver.state().spansDropped()).isEqualTo(6);
  }

  @Test
  void metricsAreAppliedAndRejectedInPart() throws Exception {
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                Points.from(
                    "orders",
                    Points.delta("m", Points.point(NOON, NOON, new double[] {1}, "a", "b"))))
            .build();
    assertThat(client.send(METRICS, request).statusCode()).isEqualTo(200);
    assertThat(receiver.state().metricPointsReceived()).isEqualTo(1);

    outcome = new MetricSink.Outcome(5, 3, "too \"late\"");
    HttpResponse<byte[]> answer = client.send(METRICS, request);
    ExportMetricsServiceResponse partial = ExportMetricsServiceResponse.parseFrom(answer.body());
    assertThat(partial.getPartialSuccess().getRejectedDataPoints()).isEqualTo(3);
    assertThat(partial.getPartialSuccess().getErrorMessage()).isEqualTo("too \"late\"");
    assertThat(receiver.state().metricPointsRejected()).isEqualTo(3);
    assertThat(
            new String(
                client.send(METRICS, "{}".getBytes(UTF_8), "Content-Type", JSON).body(), UTF_8))
        .isEqualTo(
            "{\"partialSuccess\":{\"rejectedDataPoints\":\"3\",\"errorMessage\":\"too \\\"late\\\"\"}}");
  }

  @Test
  void aFullQueueAsksToComeBack() {
    sink.full.set(true);
    HttpResponse<byte[]> answer = client.send(TRACES, request(span()));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThat(receiver.state().spansDropped()).isEqualTo(1);
    assertThat(receiver.state().rejectedRequests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain,'',415,text/plain (expected: application/x-protobuf or application/json)",
    "application/x-protobuf,br,415,br (expected: gzip or none)",
    "application/x-protobuf,gzip,400,not complete gzip",
    "application/x-protobuf,'',400,no ExportTraceServiceRequest",
    "application/json,'',400,no ExportTraceServiceRequest"
  })
  void whatCannotBeReadIsRefusedForGood(String type, String encoding, int status, String message) {
    byte[] garbage = "garbage".getBytes(UTF_8);
    HttpResponse<byte[]> answer =
        encoding.isEmpty()
            ? client.send(TRACES, garbage, "Content-Type", type)
            : client.send(TRACES, garbage, "Content-Type", type, "Content-Encoding", encoding);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new String(answer.body(), UTF_8)).contains(message);
    assertThat(receiver.state().rejectedRequests()).isEqualTo(1);
  }

  @Test
  void aMissingContentTypeIsNamed() {
    HttpResponse<byte[]> answer = client.send(TRACES, new byte[0]);
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(new String(answer.body(), UTF_8)).contains("Content-Type: none");
  }

  @Test
  void largeBodiesAreRefusedInEveryForm() {
    byte[] incompressible = new byte[2 << 20];
    new Random(1).nextBytes(incompressible);
    assertThat(client.send(TRACES, incompressible, "Content-Type", PROTOBUF).statusCode())
        .isEqualTo(413);
    assertThat(client.sendGzip(TRACES, incompressible, PROTOBUF).statusCode()).isEqualTo(413);
    // 900 KiB of zeros are below the size, but a thousand times their gzip.
    HttpResponse<byte[]> bomb = client.sendGzip(TRACES, new byte[900 << 10], PROTOBUF);
    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(new String(bomb.body(), UTF_8)).contains("inflates more than 100 times");
    HttpResponse<byte[]> doubleBomb =
        client.sendGzip(TRACES, OtlpClient.gzip(new byte[64 << 20]), PROTOBUF);
    assertThat(doubleBomb.statusCode()).isEqualTo(400);
    assertThat(client.send(TRACES, request(span())).statusCode()).isEqualTo(200);
  }

  @Test
  void truncatedGzipIsRefused() {
    byte[] whole = OtlpClient.gzip(request(span()).toByteArray());
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    HttpResponse<byte[]> answer =
        client.send(TRACES, half, "Content-Type", PROTOBUF, "Content-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void otherPathsAreAnsweredHonestly() {
    assertThat(client.send("/v1/nothing", new byte[0]).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"resourceSpans\":{}}",
        "{\"resourceSpans\":[1]}",
        "{\"resourceSpans\":[{}]} x",
        "{\"resourceSpans\":[",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":\"NOPE\"}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"1e5\"}]}]}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":{}}]}]}]}",
        ""
      })
  void wrongJsonIsRefusedWithTheReason(String json) {
    HttpResponse<byte[]> answer = client.send(TRACES, json.getBytes(UTF_8), "Content-Type", JSON);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8)).contains("no ExportTraceServiceRequest: ");
  }

  @Test
  void deeplyNestedValuesAreRefused() {
    String deepJson =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"a\",\"value\":"
            + "{\"arrayValue\":{\"values\":[".repeat(5000);
    assertThat(client.send(TRACES, deepJson.getBytes(UTF_8), "Content-Type", JSON).statusCode())
        .isEqualTo(400);
    ByteString value = ByteString.EMPTY;
    for (int i = 0; i < 3000; i++) {
      // AnyValue.array_value (5) of ArrayValue.values (1).
      value = nested(5, nested(1, value));
    }
    ByteString request = nested(1, nested(1, nested(1, nested(2, value))));
    assertThat(client.send(TRACES, request.toByteArray(), "Content-Type", PROTOBUF).statusCode())
        .isEqualTo(400);
  }

  private static ByteString nested(int field, ByteString inner) {
    ByteString.Output out = ByteString.newOutput();
    try {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.writeBytes(field, inner);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteString();
  }

  @Test
  void garbageNeverBreaksIt() {
    Random random = new Random(99);
    byte[] sound = request(span(), span()).toByteArray();
    byte[] soundJson =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\"}]}]}]}".getBytes(UTF_8);
    for (int i = 0; i < 1500; i++) {
      boolean json = i % 3 == 0;
      byte[] body = (json ? soundJson : sound).clone();
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      String path = i % 2 == 0 ? TRACES : METRICS;
      HttpResponse<byte[]> answer =
          i % 5 == 0
              ? client.sendGzip(path, body, json ? JSON : PROTOBUF)
              : client.send(path, body, "Content-Type", json ? JSON : PROTOBUF);
      assertThat(answer.statusCode()).isIn(200, 400);
    }
    sink.batches.clear();
    assertThat(client.send(TRACES, request(span())).statusCode()).isEqualTo(200);
    assertThat(sink.span().getName()).isEqualTo("shop.Orders/Place");
  }

  @Test
  void aTokenIsAskedForWhenOneIsSet() {
    receiver.close();
    start(IntakeConfig.DEFAULT.withPort(0).withToken("s3cret").withHost("0.0.0.0"));
    byte[] body = request(span()).toByteArray();

    assertThat(client.send(TRACES, body, "Content-Type", PROTOBUF).statusCode()).isEqualTo(401);
    assertThat(
            client
                .send(TRACES, body, "Content-Type", PROTOBUF, "Authorization", "Bearer wrong")
                .statusCode())
        .isEqualTo(401);
    assertThat(
            client
                .send(TRACES, body, "Content-Type", PROTOBUF, "Authorization", "Bearer s3cret")
                .statusCode())
        .isEqualTo(200);
    assertThat(sink.batches).hasSize(1);
  }

  @Test
  void configurationIsChecked() {
    assertThatThrownBy(() -> IntakeConfig.DEFAULT.withHost("0.0.0.0"))
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("CLEARSPAN_INGEST_TOKEN");
    assertThatThrownBy(() -> IntakeConfig.fromEnvironment(Map.of("CLEARSPAN_OTLP_PORT", "many")))
        .hasMessage("CLEARSPAN_OTLP_PORT: \"many\" (expected: a number)");
    assertThatThrownBy(() -> IntakeConfig.DEFAULT.withPort(70_000))
        .hasMessageContaining("expected: 0..65535");
    assertThatThrownBy(() -> IntakeConfig.DEFAULT.withToken(" ")).hasMessageContaining("blank");
    IntakeConfig config =
        IntakeConfig.fromEnvironment(
            Map.of(
                "CLEARSPAN_OTLP_HOST",
                "0.0.0.0",
                "CLEARSPAN_INGEST_TOKEN",
                "s3cret",
                "CLEARSPAN_OTLP_PORT",
                "0"));
    assertThat(config.toString()).contains("0.0.0.0:0").doesNotContain("s3cret");
  }

  @Test
  void bodiesTogetherAreBounded() throws Exception {
    ByteBudget budget = new ByteBudget(100);
    try (ByteBudget.Share one = budget.open();
        ByteBudget.Share other = budget.open()) {
      one.grow(60);
      assertThatThrownBy(() -> other.grow(60)).isInstanceOf(Refusal.class);
      assertThat(budget.used()).isEqualTo(120);
    }
    assertThat(budget.used()).isZero();
  }
}
