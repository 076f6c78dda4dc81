package dev.clearspan.console.intake;

import java.util.concurrent.atomic.LongAdder;

/** What happened since the start. Thread-safe. */
final class IntakeCounters {
  final LongAdder spansReceived = new LongAdder();
  final LongAdder spansDropped = new LongAdder();
  final LongAdder metricPointsReceived = new LongAdder();
  final LongAdder metricPointsRejected = new LongAdder();
  final LongAdder rejectedRequests = new LongAdder();
  final LongAdder truncatedValues = new LongAdder();

  IntakeState state(SpanSink spans) {
    return new IntakeState(
        spansReceived.sum(),
        spansDropped.sum() + spans.lost(),
        metricPointsReceived.sum(),
        metricPointsRejected.sum(),
        rejectedRequests.sum(),
        truncatedValues.sum(),
        spans.depth());
  }
}
