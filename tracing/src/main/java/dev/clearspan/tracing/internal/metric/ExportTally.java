package dev.clearspan.tracing.internal.metric;

import static dev.clearspan.tracing.semconv.TelemetryNames.REASON;
import static dev.clearspan.tracing.semconv.TelemetryNames.SIGNAL;

import io.opentelemetry.api.common.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What telemetry itself delivered and lost. Spans made = exported + lost + still queued. */
public final class ExportTally {
  private final LongAdder spansExported = new LongAdder();
  private final LongAdder spansNotQueued = new LongAdder();
  private final LongAdder spansNotTaken = new LongAdder();
  private final LongAdder spansTooLarge = new LongAdder();
  private final LongAdder pushesExported = new LongAdder();
  private final LongAdder pushesNotTaken = new LongAdder();

  public void spansExported(int spans) {
    spansExported.add(spans);
  }

  /** Dropped because the queue was full. */
  public void spansNotQueued(int spans) {
    spansNotQueued.add(spans);
  }

  /** Dropped because the collector did not take them. */
  public void spansNotTaken(int spans) {
    spansNotTaken.add(spans);
  }

  /** Dropped because the collector does not even take it alone. */
  public void spanTooLarge() {
    spansTooLarge.increment();
  }

  public void pushExported() {
    pushesExported.increment();
  }

  /** Not lost for good: the next push carries the same counts. */
  public void pushNotTaken() {
    pushesNotTaken.increment();
  }

  public long exportedSpans() {
    return spansExported.sum();
  }

  public long spansNotQueued() {
    return spansNotQueued.sum();
  }

  public long spansNotTaken() {
    return spansNotTaken.sum();
  }

  public long spansTooLarge() {
    return spansTooLarge.sum();
  }

  /** Spans lost so far, whatever the reason. */
  public long spansLost() {
    return spansNotQueued.sum() + spansNotTaken.sum() + spansTooLarge.sum();
  }

  Map<Attributes, Double> exported() {
    Map<Attributes, Double> points = new LinkedHashMap<>();
    points.put(Attributes.of(SIGNAL, "spans"), (double) spansExported.sum());
    points.put(Attributes.of(SIGNAL, "metrics"), (double) pushesExported.sum());
    return points;
  }

  Map<Attributes, Double> lost(long overflowedSeries) {
    Map<Attributes, Double> points = new LinkedHashMap<>();
    points.put(loss("spans", "queue_full"), (double) spansNotQueued.sum());
    points.put(loss("spans", "not_taken"), (double) spansNotTaken.sum());
    points.put(loss("spans", "oversized"), (double) spansTooLarge.sum());
    points.put(loss("series", "limit"), (double) overflowedSeries);
    return points;
  }

  Map<Attributes, Double> pushFailures() {
    return Map.of(Attributes.empty(), (double) pushesNotTaken.sum());
  }

  private static Attributes loss(String signal, String reason) {
    return Attributes.of(SIGNAL, signal, REASON, reason);
  }
}
