package dev.clearspan.tracing;

import dev.clearspan.rpc.ledger.SlowRule;
import dev.clearspan.rpc.ledger.TelemetryRule;
import dev.clearspan.rpc.ledger.TelemetryRules;
import dev.clearspan.tracing.testing.CollectedSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the parents of spans must be, known from their calls' metadata alone: each call carries its
 * path, {@code 17} that of a root, {@code 17.2} of the second call made in its handler, and the
 * spans of a call bear it as an attribute.
 */
final class Paths {
  /** The key in a call's metadata. */
  static final String KEY = "path";

  /** Has spans bear their calls' paths. */
  static final TelemetryRules KEPT =
      new TelemetryRules(
          new TelemetryRule(Double.NaN, SlowRule.NONE, List.of(KEY), List.of()), Map.of());

  private static final String ATTRIBUTE = "rpc.request.metadata." + KEY;
  private static final String CLIENT = "CLIENT";
  private static final String NONE = "";

  private final Map<String, CollectedSpan> spans = new HashMap<>();

  /** Takes a span; false: there is one of its path and kind already. */
  boolean add(CollectedSpan span) {
    return spans.put(key(span.kind(), of(span)), span) == null;
  }

  int size() {
    return spans.size();
  }

  /** Those whose parent or trace is not that of the call above. */
  List<String> wrong() {
    return spans.values().stream().filter(span -> !isRight(span)).map(Paths::words).toList();
  }

  private boolean isRight(CollectedSpan span) {
    CollectedSpan above = above(span);
    if (above == null) {
      return isRoot(span) && span.parentSpanId().equals(NONE);
    }
    return span.parentSpanId().equals(above.spanId()) && span.traceId().equals(above.traceId());
  }

  /** The client's span of a served call; of a call, the served call it was made in. */
  private @Nullable CollectedSpan above(CollectedSpan span) {
    String path = of(span);
    return span.kind().equals(CLIENT)
        ? spans.get(key("SERVER", path.substring(0, Math.max(0, path.lastIndexOf('.')))))
        : spans.get(key(CLIENT, path));
  }

  private static boolean isRoot(CollectedSpan span) {
    return span.kind().equals(CLIENT) && of(span).indexOf('.') < 0;
  }

  private static String key(String kind, String path) {
    return kind + " " + path;
  }

  private static String words(CollectedSpan span) {
    return span.kind() + " " + of(span) + " in " + span.traceId();
  }

  private static String of(CollectedSpan span) {
    Object values = span.attributes().get(ATTRIBUTE);
    return values instanceof List<?> list ? String.valueOf(list.get(0)) : String.valueOf(values);
  }
}
