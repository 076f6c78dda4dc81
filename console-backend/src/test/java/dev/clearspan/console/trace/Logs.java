package dev.clearspan.console.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Builds log records as OpenTelemetry's SDK exports them. */
public final class Logs {
  private static final long NANOS = 1_000_000_000;

  private Logs() {}

  public static ResourceLogs.Builder from(String service, LogRecord.Builder... lines) {
    ScopeLogs.Builder scope =
        ScopeLogs.newBuilder().setScope(InstrumentationScope.newBuilder().setName("shop.Orders"));
    for (LogRecord.Builder line : lines) {
      scope.addLogRecords(line);
    }
    return ResourceLogs.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(Spans.attribute("service.name", service))
                .addAttributes(Spans.attribute("service.instance.id", service + "-1")))
        .addScopeLogs(scope);
  }

  /** A line within a span, whose id is a small number. */
  public static LogRecord.Builder line(
      TraceId trace, long span, Instant at, String severity, String body) {
    return LogRecord.newBuilder()
        .setTraceId(
            ByteString.copyFrom(
                ByteBuffer.allocate(16).putLong(trace.high()).putLong(trace.low()).array()))
        .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(span).array()))
        .setTimeUnixNano(at.getEpochSecond() * NANOS + at.getNano())
        .setSeverityNumber(SeverityNumber.valueOf("SEVERITY_NUMBER_" + severity))
        .setSeverityText(severity)
        .setBody(AnyValue.newBuilder().setStringValue(body));
  }
}
