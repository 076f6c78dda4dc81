package dev.clearspan.examples.console;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code GET /traces/{traceId}}. */
public record Trace(String traceId, List<Span> spans) {
  /** One span; its kind is CLIENT, SERVER and so on. */
  public record Span(String spanId, String service, String name, String kind, String statusCode) {}

  /** Services that recorded a span. */
  public Set<String> services() {
    Set<String> names = new TreeSet<>();
    spans.forEach(span -> names.add(span.service()));
    return names;
  }
}
