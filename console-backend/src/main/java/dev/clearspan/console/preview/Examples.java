package dev.clearspan.console.preview;

import dev.clearspan.console.preview.Preview.Example;
import dev.clearspan.console.trace.TraceQuery;
import dev.clearspan.console.trace.TraceQuery.StatusFilter;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.console.trace.TraceStoreException;
import dev.clearspan.console.trace.TraceSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds kept traces of calls that a forecast is about, by at most three searches. */
final class Examples {
  private static final int EACH = 3;

  private final TraceStore traces;

  Examples(TraceStore traces) {
    this.traces = traces;
  }

  /** The preview with its examples; without them while the store cannot be read. */
  Preview addTo(Preview preview) {
    List<Example> found = new ArrayList<>();
    queries(preview).forEach((about, query) -> found.addAll(search(about, query)));
    return new Preview(
        preview.service(),
        preview.revision(),
        preview.from(),
        preview.to(),
        preview.calls(),
        preview.rules(),
        preview.callers(),
        preview.splits(),
        preview.breakers(),
        preview.deadlines(),
        preview.retries(),
        preview.unpredicted(),
        found);
  }

  private static Map<String, TraceQuery> queries(Preview preview) {
    TraceQuery base =
        TraceQuery.NEWEST
            .withService(preview.service())
            .withTimes(preview.from(), null)
            .withLimit(EACH);
    Map<String, TraceQuery> queries = new LinkedHashMap<>();
    preview.deadlines().stream()
        .limit(1)
        .forEach(
            first ->
                queries.put(
                    "deadline",
                    base.withMethod(first.method())
                        .withDurations(
                            Duration.ofNanos((long) (first.limitMillis() * 1e6)), null)));
    preview.breakers().stream()
        .limit(1)
        .forEach(first -> queries.put("breaker", failed(base, first.method())));
    preview.retries().stream()
        .limit(1)
        .forEach(first -> queries.put("retry", failed(base, first.method())));
    return queries;
  }

  private static TraceQuery failed(TraceQuery base, String method) {
    return base.withMethod(method).withStatus(StatusFilter.ERROR);
  }

  private List<Example> search(String about, TraceQuery query) {
    try {
      return traces.search(query).traces().stream().map(trace -> example(about, trace)).toList();
    } catch (TraceStoreException e) {
      return List.of();
    }
  }

  private static Example example(String about, TraceSummary trace) {
    return new Example(
        about,
        trace.traceId(),
        trace.rootMethod(),
        trace.startedAt(),
        trace.durationMillis(),
        trace.status());
  }
}
