package dev.clearspan.tracing.internal.metric;

import static dev.clearspan.tracing.semconv.TelemetryNames.OVERFLOW;

import dev.clearspan.tracing.semconv.Instrument;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads calls, states and telemetry's own tally at one moment. Thread-safe. */
public final class MetricSource {
  private static final Attributes OVERFLOWN = Attributes.of(OVERFLOW, true);

  private final CallMetrics calls;
  private final GaugeSources gauges;
  private final ExportTally tally;

  public MetricSource(CallMetrics calls, GaugeSources gauges, ExportTally tally) {
    this.calls = calls;
    this.gauges = gauges;
    this.tally = tally;
  }

  /** For the console: durations of attempts per peer. */
  Reading forPush() {
    List<Reading.Histograms> histograms = sharedHistograms();
    histograms.add(histograms(TelemetryNames.ATTEMPT_DURATION, calls.attempts));
    return new Reading(histograms, sharedNumbers());
  }

  /** For {@code /metrics}: the peer on a counter only. */
  Reading forPage() {
    List<Reading.Numbers> numbers = sharedNumbers();
    numbers.add(attemptsMade());
    return new Reading(sharedHistograms(), numbers);
  }

  private List<Reading.Histograms> sharedHistograms() {
    List<Reading.Histograms> histograms = new ArrayList<>();
    histograms.add(histograms(TelemetryNames.CLIENT_CALL_DURATION, calls.clientCalls));
    histograms.add(histograms(TelemetryNames.SERVER_CALL_DURATION, calls.servedCalls));
    histograms.add(histograms(TelemetryNames.QUEUE_DURATION, calls.queues));
    return histograms;
  }

  private List<Reading.Numbers> sharedNumbers() {
    List<Reading.Numbers> numbers = new ArrayList<>(gauges.read());
    numbers.add(counter(TelemetryNames.TELEMETRY_EXPORTED, tally.exported()));
    numbers.add(counter(TelemetryNames.TELEMETRY_LOST, tally.lost(calls.overflowed.sum())));
    numbers.add(counter(TelemetryNames.TELEMETRY_PUSH_FAILURES, tally.pushFailures()));
    return numbers;
  }

  private Reading.Numbers attemptsMade() {
    Map<Attributes, Double> points = new LinkedHashMap<>();
    calls.attempts.forEach(
        (key, histogram) ->
            points.merge(key.countedAs(), (double) histogram.counts().count(), Double::sum));
    double overflow = calls.attempts.overflow().counts().count();
    if (overflow > 0) {
      points.put(OVERFLOWN, overflow);
    }
    return counter(TelemetryNames.ATTEMPTS_MADE, points);
  }

  private static <K extends CellKey> Reading.Histograms histograms(
      Instrument instrument, CellFamily<K> family) {
    Map<Attributes, HistogramCounts> points = new LinkedHashMap<>();
    family.forEach((key, histogram) -> points.put(key.attributes(), histogram.counts()));
    HistogramCounts overflow = family.overflow().counts();
    if (overflow.count() > 0) {
      points.put(OVERFLOWN, overflow);
    }
    return new Reading.Histograms(instrument, points);
  }

  private static Reading.Numbers counter(Instrument instrument, Map<Attributes, Double> points) {
    return new Reading.Numbers(instrument, Reading.Kind.COUNTER, points);
  }
}
