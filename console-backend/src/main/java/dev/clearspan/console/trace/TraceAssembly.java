package dev.clearspan.console.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The spans of one trace, gathered from its fragments. For one thread. */
final class TraceAssembly {
  private static final int MAX_SPANS = 10_000;
  private static final Comparator<ReadSpan> BY_START =
      Comparator.comparingLong(ReadSpan::startMicros)
          .thenComparing(Comparator.comparingLong(ReadSpan::endMicros).reversed())
          .thenComparing(ReadSpan::spanId);

  private final TraceId id;
  private final Map<String, ReadSpan> spans = new LinkedHashMap<>();
  private boolean incomplete;

  TraceAssembly(TraceId id) {
    this.id = id;
  }

  /** Adds a span; one with the same id stays as it was. */
  void add(ReadSpan span) {
    if (spans.size() < MAX_SPANS) {
      spans.putIfAbsent(span.spanId(), span);
    } else {
      incomplete = true;
    }
  }

  /** Notes that a fragment could not be read. */
  void missesFragment() {
    incomplete = true;
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  int size() {
    return spans.size();
  }

  Iterable<ReadSpan> spans() {
    return spans.values();
  }

  long startMicros() {
    return spans.values().stream().mapToLong(ReadSpan::startMicros).min().orElse(0);
  }

  long durationMicros() {
    return spans.values().stream().mapToLong(ReadSpan::endMicros).max().orElse(0) - startMicros();
  }

  Trace trace() {
    long start = startMicros();
    List<TraceSpan> placed = new ArrayList<>(spans.size());
    for (ReadSpan span : parentsFirst()) {
      placed.add(span.placed(start));
    }
    return new Trace(id.toString(), instant(start), start, durationMicros(), isPartial(), placed);
  }

  /** The trace as a row; one that may still grow is not called partial. */
  TraceSummary summary(long nowMicros, long settleMicros) {
    List<ReadSpan> sorted = parentsFirst();
    ReadSpan root = root(sorted);
    Set<String> services = new LinkedHashSet<>();
    int errors = 0;
    for (ReadSpan span : sorted) {
      services.add(span.service());
      errors += span.isError() ? 1 : 0;
    }
    return new TraceSummary(
        id.toString(),
        root.service(),
        root.name(),
        instant(startMicros()),
        durationMicros() / 1000.0,
        sorted.size(),
        errors,
        List.copyOf(services),
        root.code(),
        isPartial() && !isYoung(nowMicros, settleMicros),
        errors == 0 ? null : firstError(sorted));
  }

  /**
   * Whether the root is not here and may still come, since the newest span ended less than so long
   * ago. One that ended in the future tells of a wrong clock, not of a young trace.
   */
  boolean isArriving(long nowMicros, long settleMicros) {
    return isYoung(nowMicros, settleMicros)
        && spans.values().stream().noneMatch(span -> span.parentSpanId() == null);
  }

  private boolean isYoung(long nowMicros, long settleMicros) {
    return Math.abs(nowMicros - (startMicros() + durationMicros())) < settleMicros;
  }

  private boolean isPartial() {
    return incomplete
        || parentIsMissing()
        || spans.values().stream().anyMatch(ReadSpan::saysPartial);
  }

  private boolean parentIsMissing() {
    return spans.values().stream().anyMatch(this::lacksParent);
  }

  private boolean lacksParent(ReadSpan span) {
    return span.parentSpanId() != null && !spans.containsKey(span.parentSpanId());
  }

  /** By start; a parent that starts in the same microsecond as its child stands before it. */
  private List<ReadSpan> parentsFirst() {
    Map<String, Integer> depths = new HashMap<>();
    List<ReadSpan> sorted = new ArrayList<>(spans.values());
    sorted.sort(
        Comparator.comparingLong(ReadSpan::startMicros)
            .thenComparingInt((ReadSpan span) -> depth(span, depths))
            .thenComparing(BY_START));
    return sorted;
  }

  // Walks up without recursion: a hostile trace may be a chain of 10,000 spans, or a circle.
  private int depth(ReadSpan span, Map<String, Integer> depths) {
    List<String> path = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    ReadSpan at = span;
    while (at != null && !depths.containsKey(at.spanId()) && seen.add(at.spanId())) {
      path.add(at.spanId());
      at = at.parentSpanId() == null ? null : spans.get(at.parentSpanId());
    }
    int depth = at == null ? 0 : depths.getOrDefault(at.spanId(), 0) + 1;
    for (int i = path.size() - 1; i >= 0; i--) {
      depths.put(path.get(i), depth++);
    }
    return depths.getOrDefault(span.spanId(), 0);
  }

  private ReadSpan root(List<ReadSpan> sorted) {
    for (ReadSpan span : sorted) {
      if (span.parentSpanId() == null) {
        return span;
      }
    }
    return sorted.stream().filter(this::lacksParent).findFirst().orElse(sorted.get(0));
  }

  private static TraceSummary.FirstError firstError(List<ReadSpan> sorted) {
    Set<String> parentsOfErrors = new HashSet<>();
    ReadSpan earliest = null;
    for (ReadSpan span : sorted) {
      if (span.isError()) {
        earliest = earliest == null ? span : earliest;
        if (span.parentSpanId() != null) {
          parentsOfErrors.add(span.parentSpanId());
        }
      }
    }
    for (ReadSpan span : sorted) {
      if (span.isError() && !parentsOfErrors.contains(span.spanId())) {
        return error(span);
      }
    }
    // Errors in a circle: any of them is the first.
    return error(Objects.requireNonNull(earliest));
  }

  private static TraceSummary.FirstError error(ReadSpan span) {
    return new TraceSummary.FirstError(span.target(), span.method(), span.code(), span.message());
  }

  private static Instant instant(long epochMicros) {
    return Instant.ofEpochSecond(epochMicros / 1_000_000, epochMicros % 1_000_000 * 1000);
  }
}
