package dev.clearspan.tracing.internal.metric;

import static dev.clearspan.tracing.semconv.TelemetryNames.OVERFLOW;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_INSTANCE;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_METHOD;
import static dev.clearspan.tracing.semconv.TelemetryNames.SERVER_ADDRESS;
import static dev.clearspan.tracing.semconv.TelemetryNames.SIDE;

import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.tracing.semconv.Conventions;
import dev.clearspan.tracing.semconv.Instrument;
import dev.clearspan.tracing.semconv.TelemetryNames;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads calls, states and telemetry's own tally at one moment. Thread-safe. */
public final class MetricSource {
  private static final Attributes OVERFLOWN = Attributes.of(OVERFLOW, true);

  private final SeriesTable series;
  private final KeptExemplars exemplars;
  private final GaugeSources gauges;
  private final ExportTally tally;
  private final Conventions conventions;

  public MetricSource(
      SeriesTable series,
      KeptExemplars exemplars,
      GaugeSources gauges,
      ExportTally tally,
      Conventions conventions) {
    this.series = series;
    this.exemplars = exemplars;
    this.gauges = gauges;
    this.tally = tally;
    this.conventions = conventions;
  }

  /** For the console: durations of attempts per peer. */
  Reading forPush() {
    List<Reading.Histograms> histograms = sharedHistograms();
    histograms.add(histograms(Measure.ATTEMPT));
    return new Reading(histograms, sharedNumbers());
  }

  /** For {@code /metrics}: the peer on counters only, and the classic totals. */
  Reading forPage() {
    List<Reading.Numbers> numbers = sharedNumbers();
    numbers.add(counted(TelemetryNames.ATTEMPTS_MADE, Measure.ATTEMPT, MetricSource::countedAs));
    numbers.add(total(TelemetryNames.CALLS_TOTAL, false));
    numbers.add(total(TelemetryNames.ERRORS_TOTAL, true));
    return new Reading(sharedHistograms(), numbers);
  }

  private List<Reading.Histograms> sharedHistograms() {
    List<Reading.Histograms> histograms = new ArrayList<>();
    for (Measure measure :
        List.of(
            Measure.CLIENT_CALL,
            Measure.SERVED_CALL,
            Measure.RETRY_DELAY,
            Measure.QUEUE,
            Measure.CLIENT_MESSAGE,
            Measure.SERVER_MESSAGE)) {
      histograms.add(histograms(measure));
    }
    return histograms;
  }

  private List<Reading.Numbers> sharedNumbers() {
    List<Reading.Numbers> numbers = new ArrayList<>(gauges.read());
    numbers.add(counted(TelemetryNames.PICKS, Measure.ATTEMPT, MetricSource::pickedPeer));
    numbers.add(
        counted(
            TelemetryNames.TRANSPARENT_RETRIES, Measure.ATTEMPT, MetricSource::transparentRetry));
    numbers.add(
        counted(TelemetryNames.REJECTED, Measure.REJECTED, key -> key.attributes(conventions)));
    numbers.add(counter(TelemetryNames.TELEMETRY_EXPORTED, tally.exported()));
    numbers.add(counter(TelemetryNames.TELEMETRY_LOST, tally.lost(series.overflowed())));
    numbers.add(counter(TelemetryNames.TELEMETRY_PUSH_FAILURES, tally.pushFailures()));
    return numbers;
  }

  private Reading.Histograms histograms(Measure measure) {
    Map<Attributes, Reading.Histogram> points = new LinkedHashMap<>();
    series.forEach(
        measure,
        (number, key, counts) ->
            points.put(
                key.attributes(conventions), new Reading.Histogram(counts, exemplars.of(number))));
    return new Reading.Histograms(measure.instrument, points);
  }

  /** How often; series that the function puts together add up, those without attributes are out. */
  private Reading.Numbers counted(
      Instrument instrument, Measure measure, Function<SeriesKey, @Nullable Attributes> as) {
    Map<Attributes, Double> points = new LinkedHashMap<>();
    series.forEach(
        measure,
        (number, key, counts) -> {
          Attributes attributes = as.apply(key);
          if (attributes != null) {
            points.merge(attributes, (double) counts.count(), Double::sum);
          }
        });
    return counter(instrument, points);
  }

  private Reading.Numbers total(Instrument instrument, boolean failedOnly) {
    Map<Attributes, Double> points = new LinkedHashMap<>();
    for (Measure measure : List.of(Measure.CLIENT_CALL, Measure.SERVED_CALL)) {
      series.forEach(
          measure,
          (number, key, counts) ->
              points.merge(
                  totalled(key),
                  failedOnly && !failed(key) ? 0.0 : (double) counts.count(),
                  Double::sum));
    }
    return counter(instrument, points);
  }

  private static Attributes totalled(SeriesKey key) {
    if (key instanceof SeriesKey.ClientCall call) {
      return Attributes.of(
          SIDE, "client", RPC_METHOD, call.method(), SERVER_ADDRESS, call.service());
    }
    return key instanceof SeriesKey.ServedCall call
        ? Attributes.of(SIDE, "server", RPC_METHOD, call.method())
        : OVERFLOWN;
  }

  private static boolean failed(SeriesKey key) {
    return key instanceof SeriesKey.ClientCall call && call.errorType() != null
        || key instanceof SeriesKey.ServedCall served && served.errorType() != null;
  }

  private static Attributes countedAs(SeriesKey key) {
    return key instanceof SeriesKey.Attempt attempt ? attempt.countedAs() : OVERFLOWN;
  }

  private static @Nullable Attributes pickedPeer(SeriesKey key) {
    if (key instanceof SeriesKey.Attempt attempt) {
      return attempt.peer() == null
          ? null
          : Attributes.of(SERVER_ADDRESS, attempt.service(), PEER_INSTANCE, attempt.peer());
    }
    return OVERFLOWN;
  }

  private static @Nullable Attributes transparentRetry(SeriesKey key) {
    return key instanceof SeriesKey.Attempt attempt && attempt.kind() == AttemptKind.TRANSPARENT
        ? Attributes.of(SERVER_ADDRESS, attempt.service(), RPC_METHOD, attempt.method())
        : null;
  }

  private static Reading.Numbers counter(Instrument instrument, Map<Attributes, Double> points) {
    return new Reading.Numbers(instrument, Reading.Kind.COUNTER, points);
  }
}
