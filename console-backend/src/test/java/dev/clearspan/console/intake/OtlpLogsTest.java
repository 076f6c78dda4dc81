package dev.clearspan.console.intake;

import static dev.clearspan.console.intake.OtlpClient.JSON;
import static dev.clearspan.console.intake.OtlpClient.PROTOBUF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.clearspan.console.trace.Logs;
import dev.clearspan.console.trace.Spans;
import dev.clearspan.console.trace.TraceId;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code /v1/logs} over real HTTP. */
class OtlpLogsTest {
  private static final String LOGS = "/v1/logs";
  private static final TraceId ID = new TraceId(0x1111222233334444L, 7);
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final FakeSink sink = new FakeSink();
  private final OtlpReceiver receiver =
      OtlpReceiver.start(
          IntakeConfig.DEFAULT
              .withPort(0)
              .withGrpcPort(-1)
              .withMaxBodyBytes(1 << 20)
              .withLimits(new SpanLimits(4, 4096, 128, 10, 10)),
          sink,
          metrics -> new MetricSink.Outcome(0, 0, ""));
  private final OtlpClient client = new OtlpClient(receiver.port());

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static LogRecord.Builder line() {
    return Logs.line(ID, 1, NOON, "WARN", "slow");
  }

  private static ExportLogsServiceRequest request(LogRecord.Builder... lines) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(Logs.from("orders", lines))
        .build();
  }

  private LogRecord kept() {
    return sink.logs.element().logs().get(0).getScopeLogs(0).getLogRecords(0);
  }

  @Test
  void takesLogsInBothFormats_plainAndGzipped() {
    assertThat(client.send(LOGS, request(line())).statusCode()).isEqualTo(200);
    assertThat(client.sendGzip(LOGS, request(line()).toByteArray(), PROTOBUF).statusCode())
        .isEqualTo(200);
    String json =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},
          "scopeLogs":[{"scope":{"name":"shop"},"logRecords":[
            {"timeUnixNano":"1777896000000000000","severityNumber":13,"severityText":"WARN",
             "body":{"stringValue":"slow"},"traceId":"11112222333344440000000000000007",
             "spanId":"0000000000000001"}]}]}]}
        """;
    HttpResponse<byte[]> answer = client.send(LOGS, json.getBytes(UTF_8), "Content-Type", JSON);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
    assertThat(sink.logs).hasSize(3).allSatisfy(batch -> assertThat(batch.count()).isEqualTo(1));
    assertThat(receiver.state().logsReceived()).isEqualTo(3);
  }

  @Test
  void whatIsOfNoTraceIsLeft_andSaidSo() throws Exception {
    HttpResponse<byte[]> answer =
        client.send(
            LOGS,
            request(
                line(),
                line().clearTraceId(),
                line().setTraceId(ByteString.copyFrom(new byte[16])),
                line().setSpanId(ByteString.copyFromUtf8("abc"))));
    assertThat(answer.statusCode()).isEqualTo(200);
    var partial = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
    assertThat(partial.getRejectedLogRecords()).isEqualTo(3);
    assertThat(partial.getErrorMessage()).contains("expected: 8 bytes");
    assertThat(sink.logs.element().count()).isEqualTo(1);
    assertThat(receiver.state().logsDropped()).isEqualTo(3);
  }

  @Test
  void aTraceTakesSoMany_andALineSoMuch() throws Exception {
    LogRecord.Builder large = line().setBody(Spans.attribute("", "x".repeat(100_000)).getValue());
    for (int i = 0; i < 9; i++) {
      large.addAttributes(Spans.attribute("k" + i, "y".repeat(10_000)));
    }
    assertThat(client.send(LOGS, request(large)).statusCode()).isEqualTo(200);
    assertThat(kept().getBody().getStringValue()).hasSize(4096);
    assertThat(kept().getAttributesCount()).isBetween(1, 4);
    assertThat(kept().getSerializedSize()).isLessThan(22 << 10);
    assertThat(receiver.state().truncatedValues()).isPositive();
    LogRecord.Builder[] many = new LogRecord.Builder[12];
    java.util.Arrays.setAll(many, i -> line());
    var answer = ExportLogsServiceResponse.parseFrom(client.send(LOGS, request(many)).body());
    assertThat(answer.getPartialSuccess().getRejectedLogRecords()).isEqualTo(3);
    assertThat(answer.getPartialSuccess().getErrorMessage())
        .contains("more than 10 log records in one trace");
  }

  @Test
  void aFullQueueIs429_andNonsenseIs400() {
    sink.full.set(true);
    HttpResponse<byte[]> busy = client.send(LOGS, request(line()));
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).contains("1");
    sink.full.set(false);
    byte[] nonsense = "{\"resourceLogs\":7}".getBytes(UTF_8);
    assertThat(client.send(LOGS, nonsense, "Content-Type", JSON).statusCode()).isEqualTo(400);
    assertThat(client.send(LOGS, new byte[] {9, 9}, "Content-Type", PROTOBUF).statusCode())
        .isEqualTo(400);
    assertThat(client.send(LOGS, request(line())).statusCode()).isEqualTo(200);
  }
}
