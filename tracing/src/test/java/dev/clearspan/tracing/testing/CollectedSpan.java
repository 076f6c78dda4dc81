package dev.clearspan.tracing.testing;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.Map;

/**
 * A span as it arrived.
 *
 * @param resource attributes of the process that sent it
 * @param attributes its own, values as strings, numbers and booleans
 */
public record CollectedSpan(
    Map<String, Object> resource, Map<String, Object> attributes, Span proto) {
  public String service() {
    return String.valueOf(resource.get("service.name"));
  }

  public String name() {
    return proto.getName();
  }

  /** "CLIENT", "SERVER", "INTERNAL". */
  public String kind() {
    return proto.getKind().name().replace("SPAN_KIND_", "");
  }

  /** "UNSET", "OK", "ERROR". */
  public String status() {
    return proto.getStatus().getCode().name().replace("STATUS_CODE_", "");
  }

  public boolean isError() {
    return proto.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
  }

  public String traceId() {
    return HexFormat.of().formatHex(proto.getTraceId().toByteArray());
  }

  public String spanId() {
    return HexFormat.of().formatHex(proto.getSpanId().toByteArray());
  }

  /** Empty for a root. */
  public String parentSpanId() {
    return HexFormat.of().formatHex(proto.getParentSpanId().toByteArray());
  }

  public long durationNanos() {
    return proto.getEndTimeUnixNano() - proto.getStartTimeUnixNano();
  }
}
