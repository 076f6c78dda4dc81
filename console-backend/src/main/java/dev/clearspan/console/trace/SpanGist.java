package dev.clearspan.console.trace;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Of a span what its fragment is found by, in the words of {@link ReadSpan}: taken from it without
 * making all of that, since every span that comes in is looked at and few are ever read.
 *
 * @param failed whether it ended with an error, or a code other than OK
 */
record SpanGist(
    String service,
    String target,
    String method,
    String name,
    boolean failed,
    long startMicros,
    long endMicros) {

  static SpanGist of(String service, Span span) {
    String target = service;
    String method = span.getName();
    @Nullable String code = null;
    String formerCode = "";
    for (KeyValue attribute : span.getAttributesList()) {
      switch (attribute.getKey()) {
        case "rpc.method" -> method = text(attribute);
        case "server.address" -> target = text(attribute);
        case "rpc.response.status_code" -> code = text(attribute);
        case "rpc.status_code" -> formerCode = text(attribute);
        default -> {
          // Nothing is found by it.
        }
      }
    }
    String ending = code == null ? formerCode : code;
    boolean error = span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR;
    long start = ReadSpan.micros(span.getStartTimeUnixNano());
    return new SpanGist(
        service,
        span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT ? target : service,
        method,
        span.getName(),
        error || !(ending.isEmpty() || ending.equals("OK")),
        start,
        Math.max(start, ReadSpan.micros(span.getEndTimeUnixNano())));
  }

  private static String text(KeyValue attribute) {
    return AttributeText.plain(attribute.getValue()).toString();
  }
}
