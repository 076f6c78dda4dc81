package dev.clearspan.console.trace;

import com.google.protobuf.ByteString;
import dev.clearspan.console.intake.SentSpan;
import dev.clearspan.console.intake.SpanGroup;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds spans as Clearspan's own processes export them. */
public final class Spans {
  private Spans() {}

  public static ResourceSpans from(String service, Span.Builder... spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (Span.Builder span : spans) {
      scope.addSpans(span);
    }
    return ResourceSpans.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(attribute("service.name", service))
                .addAttributes(attribute("service.instance.id", service + "-1")))
        .addScopeSpans(scope)
        .build();
  }

  /** As the intake hands them on. */
  public static List<SpanGroup> groups(List<ResourceSpans> resources) {
    List<SpanGroup> groups = new ArrayList<>();
    for (ResourceSpans resource : resources) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        groups.add(
            new SpanGroup(
                resource.getResource(),
                scope.getScope().getName(),
                scope.getSpansList().stream().map(SentSpan::of).toList()));
      }
    }
    return groups;
  }

  /**
   * A CLIENT span: id and parent are small numbers, parent 0 is none; times in milliseconds after
   * the start.
   */
  public static Span.Builder client(
      TraceId trace,
      long id,
      long parent,
      String target,
      String method,
      Instant start,
      long millis,
      String code) {
    return span(trace, id, parent, Span.SpanKind.SPAN_KIND_CLIENT, method, start, millis, code)
        .addAttributes(attribute("server.address", target));
  }

  public static Span.Builder server(
      TraceId trace, long id, long parent, String method, Instant start, long millis, String code) {
    return span(trace, id, parent, Span.SpanKind.SPAN_KIND_SERVER, method, start, millis, code);
  }

  public static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  public static ByteString traceId(TraceId id) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array());
  }

  public static ByteString spanId(long id) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array());
  }

  private static Span.Builder span(
      TraceId trace,
      long id,
      long parent,
      Span.SpanKind kind,
      String method,
      Instant start,
      long millis,
      String code) {
    long startNanos = start.getEpochSecond() * 1_000_000_000L + start.getNano();
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId(trace))
            .setSpanId(spanId(id))
            .setKind(kind)
            .setName(method)
            .setStartTimeUnixNano(startNanos)
            .setEndTimeUnixNano(startNanos + millis * 1_000_000)
            .addAllAttributes(
                List.of(
                    attribute("rpc.method", method), attribute("rpc.response.status_code", code)));
    if (parent != 0) {
      span.setParentSpanId(spanId(parent));
    }
    if (!code.equals("OK")) {
      span.setStatus(
          Status.newBuilder()
              .setCode(Status.StatusCode.STATUS_CODE_ERROR)
              .setMessage(code + " happened"));
    }
    return span;
  }
}
