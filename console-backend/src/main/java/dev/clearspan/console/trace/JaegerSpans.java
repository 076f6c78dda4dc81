package dev.clearspan.console.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace in the JSON of Jaeger's query API. What is malformed is left out, and the trace
 * then counts as partial; nothing that it holds can make reading fail.
 *
 * @see <a href="https://www.jaegertracing.io/docs/latest/apis/">Jaeger's APIs</a>
 */
final class JaegerSpans {
  private static final int TRACE_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;
  private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");

  /** The furthest moment that is believed: the year 2262, as far as OTLP's nanoseconds reach. */
  private static final long MAX_MICROS = Long.MAX_VALUE / 1_000;

  /** What says status and kind of a span, and is no attribute of it. */
  private static final Set<String> OWN_TAGS =
      Set.of(
          "span.kind",
          "otel.status_code",
          "otel.status_description",
          "error",
          "internal.span.format");

  private JaegerSpans() {}

  /** The id of a trace, whose leading zeros Jaeger may leave out. */
  static Optional<TraceId> id(JsonNode trace) {
    return TraceId.parse(padded(trace.path("traceID").asText(), TRACE_DIGITS));
  }

  /** The trace, empty if it has no usable span. */
  static TraceAssembly assembly(TraceId id, JsonNode trace) {
    TraceAssembly assembly = new TraceAssembly(id);
    Map<String, Map<String, Object>> processes = new HashMap<>();
    trace
        .path("processes")
        .properties()
        .forEach(entry -> processes.put(entry.getKey(), process(entry.getValue())));
    for (JsonNode span : trace.path("spans")) {
      Optional<ReadSpan> read = span(span, processes);
      read.ifPresentOrElse(assembly::add, assembly::missesFragment);
    }
    return assembly;
  }

  private static Map<String, Object> process(JsonNode process) {
    Map<String, Object> tags = tags(process.path("tags"));
    tags.put("service.name", process.path("serviceName").asText("unknown_service"));
    return tags;
  }

  private static Optional<ReadSpan> span(
      JsonNode span, Map<String, Map<String, Object>> processes) {
    String id = padded(span.path("spanID").asText(), SPAN_DIGITS);
    long start = span.path("startTime").asLong(-1);
    long duration = span.path("duration").asLong(-1);
    if (!SPAN_ID.matcher(id).matches() || start < 0 || start > MAX_MICROS || duration < 0) {
      return Optional.empty();
    }
    Map<String, Object> process =
        span.path("process").isObject()
            ? process(span.get("process"))
            : processes.getOrDefault(span.path("processID").asText(), Map.of());
    Map<String, Object> tags = tags(span.path("tags"));
    TraceSpan.StatusCode status = status(tags);
    String message = Objects.toString(tags.get("otel.status_description"), "");
    TraceSpan.Kind kind = kind(Objects.toString(tags.get("span.kind"), ""));
    tags.keySet().removeAll(OWN_TAGS);
    return Optional.of(
        new ReadSpan(
            id,
            parent(span),
            Objects.toString(process.get("service.name"), "unknown_service"),
            Objects.toString(process.get("service.instance.id"), ""),
            span.path("operationName").asText(),
            kind,
            start,
            start + Math.min(duration, MAX_MICROS),
            status,
            message,
            tags,
            events(span.path("logs"))));
  }

  /** Links are references too, to other traces or by FOLLOWS_FROM: none of them is a parent. */
  private static @Nullable String parent(JsonNode span) {
    String trace = span.path("traceID").asText();
    for (JsonNode reference : span.path("references")) {
      boolean inside = reference.path("traceID").asText(trace).equals(trace);
      if (inside && reference.path("refType").asText().equals("CHILD_OF")) {
        return parent(reference.path("spanID").asText());
      }
    }
    return parent(span.path("parentSpanID").asText());
  }

  private static @Nullable String parent(String id) {
    String padded = padded(id, SPAN_DIGITS);
    return id.isEmpty() || padded.equals("0".repeat(SPAN_DIGITS)) ? null : padded;
  }

  private static TraceSpan.StatusCode status(Map<String, Object> tags) {
    String told = Objects.toString(tags.get("otel.status_code"), "").toUpperCase(Locale.ROOT);
    if (told.equals("ERROR") || Objects.toString(tags.get("error"), "").equals("true")) {
      return TraceSpan.StatusCode.ERROR;
    }
    return told.equals("OK") ? TraceSpan.StatusCode.OK : TraceSpan.StatusCode.UNSET;
  }

  private static TraceSpan.Kind kind(String told) {
    return switch (told.toLowerCase(Locale.ROOT)) {
      case "client" -> TraceSpan.Kind.CLIENT;
      case "server" -> TraceSpan.Kind.SERVER;
      case "producer" -> TraceSpan.Kind.PRODUCER;
      case "consumer" -> TraceSpan.Kind.CONSUMER;
      default -> TraceSpan.Kind.INTERNAL;
    };
  }

  private static List<TraceSpan.Event> events(JsonNode logs) {
    List<TraceSpan.Event> events = new ArrayList<>();
    for (JsonNode log : logs) {
      Map<String, Object> fields = tags(log.path("fields"));
      Object name = fields.remove("event");
      long at = Math.max(0, Math.min(log.path("timestamp").asLong(), MAX_MICROS));
      events.add(new TraceSpan.Event(Objects.toString(name, "log"), at, fields));
    }
    return events;
  }

  private static Map<String, Object> tags(JsonNode tags) {
    Map<String, Object> read = new LinkedHashMap<>();
    for (JsonNode tag : tags) {
      if (tag.path("key").isTextual()) {
        read.put(tag.get("key").textValue(), value(tag.path("type").asText(), tag.path("value")));
      }
    }
    return read;
  }

  /** As the type says where the value is of it; else as the text that it is. */
  private static Object value(String type, JsonNode value) {
    try {
      return switch (type) {
        case "bool" -> value.isBoolean() ? value.booleanValue() : text(value);
        case "int64" -> Long.parseLong(value.asText());
        case "float64" -> Double.parseDouble(value.asText());
        default -> text(value);
      };
    } catch (NumberFormatException e) {
      return text(value);
    }
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String padded(String id, int digits) {
    return "0".repeat(Math.max(0, digits - id.length())) + id.toLowerCase(Locale.ROOT);
  }
}
