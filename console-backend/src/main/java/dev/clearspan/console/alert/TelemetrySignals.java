package dev.clearspan.console.alert;

import dev.clearspan.console.recorder.RecorderState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What recorders lose and shed, and what the console refuses. One round's. */
final class TelemetrySignals {
  /** Recorders report every few seconds. */
  private static final Duration SILENT = Duration.ofSeconds(60);

  private static final double PERCENT = 100;

  private final RecorderState recorders;
  private final Refusals refusals;
  private final Instant now;

  TelemetrySignals(RecorderState recorders, Refusals refusals, Instant now) {
    this.recorders = recorders;
    this.refusals = refusals;
    this.now = now;
  }

  Observation loss(RuleTarget wanted) {
    return each(wanted, RecorderState.OfProcess::lostPerSecond, "records lost: ");
  }

  Observation shed(RuleTarget wanted) {
    return each(wanted, process -> PERCENT * process.shedShare(), "traces shed: ");
  }

  private Observation each(
      RuleTarget wanted, ToDoubleFunction<RecorderState.OfProcess> value, String what) {
    Map<AlertTarget, Sample> samples = new LinkedHashMap<>();
    for (RecorderState.OfProcess one : recorders.processes()) {
      if (wanted.service().isEmpty() || wanted.service().equals(one.service())) {
        Sample sample = sample(one, value, what);
        samples.merge(sample.target(), sample, TelemetrySignals::worse);
      }
    }
    return samples.isEmpty()
        ? Observation.blind("no recorder has reported for 15 minutes")
        : Observation.of(List.copyOf(samples.values()));
  }

  /** Of two processes of one instance: the one before a restart reports nothing any more. */
  private static Sample worse(Sample left, Sample right) {
    if (left.value() == null || right.value() == null) {
      return left.value() == null ? right : left;
    }
    return left.value() >= right.value() ? left : right;
  }

  private Sample sample(
      RecorderState.OfProcess one, ToDoubleFunction<RecorderState.OfProcess> value, String what) {
    AlertTarget target = new AlertTarget(one.service(), "", "", one.instance());
    if (one.heardAt().isBefore(now.minus(SILENT))) {
      return new Sample(target, null, "the process reports nothing any more");
    }
    Object all = what.startsWith("traces") ? one.shed() : one.lost();
    return new Sample(target, value.applyAsDouble(one), what + all + " in all");
  }

  Observation refused() {
    Double perSecond = refusals.perSecond();
    return perSecond == null
        ? Observation.blind("the console has just started to count")
        : Observation.of(
            List.of(
                new Sample(
                    AlertTarget.CONSOLE,
                    perSecond,
                    "requests, spans and points in the last round")));
  }
}
