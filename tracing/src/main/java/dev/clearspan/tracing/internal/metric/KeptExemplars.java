package dev.clearspan.tracing.internal.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * For each series and bucket the last trace that was kept, so that no exemplar leads to a trace
 * that was thrown away. Told when a span is kept, not when it is counted. Thread-safe.
 */
public final class KeptExemplars {
  private final Map<Integer, AtomicReferenceArray<@Nullable Exemplar>> bySeries =
      new ConcurrentHashMap<>();

  /**
   * One kept span.
   *
   * @param nanos how long it took
   * @param epochNanos when it ended
   */
  public record Exemplar(SpanContext span, long nanos, long epochNanos) {}

  /** The span was kept; it was counted in this series. */
  public void kept(int series, Exemplar exemplar) {
    bySeries
        .computeIfAbsent(series, ignored -> new AtomicReferenceArray<>(Buckets.MOST))
        .set(Buckets.DURATION.indexOf(exemplar.nanos()), exemplar);
  }

  /** One for each bucket that has one. */
  List<Exemplar> of(int series) {
    AtomicReferenceArray<@Nullable Exemplar> buckets = bySeries.get(series);
    List<Exemplar> found = new ArrayList<>();
    for (int bucket = 0; buckets != null && bucket < buckets.length(); bucket++) {
      Exemplar exemplar = buckets.get(bucket);
      if (exemplar != null) {
        found.add(exemplar);
      }
    }
    return found;
  }

  /** In OpenTelemetry's form, those of spans that ended after a moment. */
  static List<DoubleExemplarData> data(List<Exemplar> exemplars, long afterEpochNanos) {
    return exemplars.stream()
        .filter(each -> each.epochNanos() > afterEpochNanos)
        .map(
            each ->
                DoubleExemplarData.create(
                    Attributes.empty(),
                    each.epochNanos(),
                    each.span(),
                    Buckets.DURATION.told(each.nanos())))
        .toList();
  }
}
