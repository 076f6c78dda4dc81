package dev.clearspan.console.jaeger;

import dev.clearspan.console.jaeger.JaegerTrace.JaegerTag;
import dev.clearspan.console.trace.TraceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Attributes as Jaeger's typed tags. */
final class JaegerTags {
  /** JavaScript counts exactly up to here; Jaeger writes what is beyond as text. */
  private static final long MAX_EXACT = (1L << 53) - 1;

  private JaegerTags() {}

  /** The span's attributes, and its kind, status and failure as Jaeger names them. */
  static List<JaegerTag> of(TraceSpan span) {
    List<JaegerTag> tags = new ArrayList<>(of(span.attributes()));
    tags.add(of("span.kind", span.kind().name().toLowerCase(Locale.ROOT)));
    if (span.statusCode() != TraceSpan.StatusCode.UNSET) {
      tags.add(of("otel.status_code", span.statusCode().name()));
    }
    if (!span.statusMessage().isEmpty()) {
      tags.add(of("otel.status_description", span.statusMessage()));
    }
    if (span.statusCode() == TraceSpan.StatusCode.ERROR) {
      tags.add(of("error", true));
    }
    return tags;
  }

  static List<JaegerTag> of(Map<String, Object> attributes) {
    return attributes.entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue()))
        .toList();
  }

  static JaegerTag of(String key, Object value) {
    if (value instanceof Boolean) {
      return new JaegerTag(key, "bool", value);
    } else if (value instanceof Long number) {
      return new JaegerTag(key, "int64", isExact(number) ? number : number.toString());
    } else if (value instanceof Double) {
      return new JaegerTag(key, "float64", value);
    }
    return new JaegerTag(key, "string", value.toString());
  }

  private static boolean isExact(long number) {
    return number >= -MAX_EXACT && number <= MAX_EXACT;
  }
}
