package dev.clearspan.tracing;

import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.ledger.TraceHash;
import dev.clearspan.tracing.internal.keep.Shedding;
import dev.clearspan.tracing.internal.metric.ExportTally;
import dev.clearspan.tracing.internal.record.KeepReason;
import dev.clearspan.tracing.internal.record.RecordTotals;
import dev.clearspan.tracing.internal.span.Recording;
import dev.clearspan.tracing.internal.span.UserSpans;
import dev.clearspan.tracing.internal.time.EpochClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of all spans: produced = exported + local + lost + shed, exactly, once nothing is on
 * its way.
 */
record RecorderGauges(Recording recording, ExportTally tally, EpochClock clock)
    implements Gauges.Source {
  private static final String STAGE = "stage";
  private static final String LOST = "clearspan.recorder.lost";

  @Override
  public List<Gauges.Sample> read() {
    RecordTotals totals = recording.recorder().totals();
    UserSpans users = recording.userSpans();
    List<Gauges.Sample> samples = new ArrayList<>();
    samples.add(counter("produced", totals.produced() + users.produced(), Map.of()));
    samples.add(counter("shed.spans", totals.shed(), Map.of()));
    long unseen = users.produced() - users.notQueued() - users.handedOut();
    samples.add(state("local", totals.local() + unseen));
    for (KeepReason reason : KeepReason.values()) {
      samples.add(counter("kept", totals.kept(reason), Map.of("reason", reason.word())));
    }
    samples.add(lost("overwritten", totals.overwritten()));
    samples.add(
        lost("queue_full", totals.notQueued() + users.notQueued() + tally.spansNotQueued()));
    samples.add(lost("not_taken", tally.spansNotTaken()));
    samples.add(lost("oversized", tally.spansTooLarge()));
    addShed(samples);
    long horizon = totals.horizonNanos(clock.nanos());
    if (horizon != Long.MAX_VALUE) {
      samples.add(state("horizon", horizon / 1e9));
    }
    samples.add(counter("collect.dropped", recording.recorder().collectsDropped(), Map.of()));
    samples.add(counter("baggage.dropped", recording.tracer().baggageDropped(), Map.of()));
    return samples;
  }

  private void addShed(List<Gauges.Sample> samples) {
    Shedding shedding = recording.recorder().shedding();
    for (int threshold = 1; threshold < TraceHash.END; threshold <<= 1) {
      long traces = shedding.shedAt(threshold);
      if (traces > 0) {
        samples.add(
            counter(
                "shed",
                traces,
                Map.of("clearspan.recorder.threshold", Integer.toString(threshold))));
      }
    }
  }

  private static Gauges.Sample lost(String stage, long spans) {
    return new Gauges.Sample(LOST, spans, Map.of(STAGE, stage), true);
  }

  private static Gauges.Sample counter(String name, long value, Map<String, String> attributes) {
    return new Gauges.Sample("clearspan.recorder." + name, value, attributes, true);
  }

  private static Gauges.Sample state(String name, double value) {
    return new Gauges.Sample("clearspan.recorder." + name, value, Map.of(), false);
  }
}
