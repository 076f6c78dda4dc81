package dev.clearspan.console.trace;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A span as OTLP brought it, with what it says about a call; docs/telemetry.md has the attributes.
 * Times are microseconds since the epoch.
 */
record ReadSpan(
    String spanId,
    @Nullable String parentSpanId,
    String service,
    String instance,
    String name,
    TraceSpan.Kind kind,
    long startMicros,
    long endMicros,
    TraceSpan.StatusCode status,
    String message,
    Map<String, Object> attributes,
    List<TraceSpan.Event> events) {

  static final String UNKNOWN_SERVICE = "unknown_service";
  private static final HexFormat HEX = HexFormat.of();

  static ReadSpan of(Map<String, Object> resource, Span span) {
    long start = micros(span.getStartTimeUnixNano());
    byte[] parent = span.getParentSpanId().toByteArray();
    return new ReadSpan(
        HEX.formatHex(span.getSpanId().toByteArray()),
        isZero(parent) ? null : HEX.formatHex(parent),
        service(resource),
        resource.getOrDefault("service.instance.id", "").toString(),
        span.getName(),
        kind(span),
        start,
        Math.max(start, micros(span.getEndTimeUnixNano())),
        status(span),
        span.getStatus().getMessage(),
        AttributeText.map(span.getAttributesList()),
        span.getEventsList().stream().map(ReadSpan::event).toList());
  }

  /** The service that a resource is of. */
  static String service(Map<String, Object> resource) {
    return resource.getOrDefault("service.name", UNKNOWN_SERVICE).toString();
  }

  /** Its place in a trace that starts at the moment. */
  TraceSpan placed(long traceStartMicros) {
    return new TraceSpan(
        spanId,
        parentSpanId,
        service,
        instance,
        name,
        kind,
        startMicros - traceStartMicros,
        durationMicros(),
        status,
        message,
        attributes,
        events.stream()
            .map(
                event ->
                    new TraceSpan.Event(
                        event.name(), event.offsetMicros() - traceStartMicros, event.attributes()))
            .toList());
  }

  long durationMicros() {
    return endMicros - startMicros;
  }

  /** Full method name; the span's name if no attribute says it. */
  String method() {
    return text("rpc.method", name);
  }

  /** The service a CLIENT span calls; its own otherwise. */
  String target() {
    return kind == TraceSpan.Kind.CLIENT ? text("server.address", service) : service;
  }

  boolean concerns(String wantedService) {
    return service.equals(wantedService) || target().equals(wantedService);
  }

  boolean isError() {
    return status == TraceSpan.StatusCode.ERROR;
  }

  /** gRPC code by name, else {@code error.type}, else OK or ERROR. */
  String code() {
    String code = text("rpc.response.status_code", text("rpc.status_code", ""));
    if (!code.isEmpty()) {
      return code;
    }
    return isError() ? text("error.type", "ERROR") : "OK";
  }

  /**
   * A call that failed for good, as its caller sees it: not one attempt of several, and no SERVER
   * span whose caller tells the same.
   */
  boolean isFailedCall() {
    boolean callersWord =
        kind == TraceSpan.Kind.CLIENT && !attributes.containsKey("clearspan.attempt");
    boolean onlyWord = kind == TraceSpan.Kind.SERVER && parentSpanId == null;
    return isError() && (callersWord || onlyWord);
  }

  /** Whether its process knows of a part of the trace that is missing. */
  boolean saysPartial() {
    return text("clearspan.partial", "").equals("true");
  }

  /** Which service called. */
  String caller() {
    return kind == TraceSpan.Kind.CLIENT ? service : text("clearspan.caller", "");
  }

  private String text(String key, String fallback) {
    return Objects.toString(attributes.get(key), fallback);
  }

  private static TraceSpan.Event event(Span.Event event) {
    return new TraceSpan.Event(
        event.getName(),
        micros(event.getTimeUnixNano()),
        AttributeText.map(event.getAttributesList()));
  }

  private static TraceSpan.Kind kind(Span span) {
    return switch (span.getKind()) {
      case SPAN_KIND_CLIENT -> TraceSpan.Kind.CLIENT;
      case SPAN_KIND_SERVER -> TraceSpan.Kind.SERVER;
      case SPAN_KIND_PRODUCER -> TraceSpan.Kind.PRODUCER;
      case SPAN_KIND_CONSUMER -> TraceSpan.Kind.CONSUMER;
      default -> TraceSpan.Kind.INTERNAL;
    };
  }

  private static TraceSpan.StatusCode status(Span span) {
    return switch (span.getStatus().getCode()) {
      case STATUS_CODE_OK -> TraceSpan.StatusCode.OK;
      case STATUS_CODE_ERROR -> TraceSpan.StatusCode.ERROR;
      default -> TraceSpan.StatusCode.UNSET;
    };
  }

  // Unsigned on the wire: what looks negative lies beyond the year 2262, and is a lie.
  static long micros(long unixNanos) {
    return Math.max(0, unixNanos) / 1000;
  }

  private static boolean isZero(byte[] id) {
    for (byte b : id) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
