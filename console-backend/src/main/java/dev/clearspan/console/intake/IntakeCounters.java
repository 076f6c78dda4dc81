package dev.clearspan.console.intake;

import java.util.concurrent.atomic.LongAdder;

/** What happened since the start. Thread-safe. */
final class IntakeCounters {
  final CountedRate spansReceived = new CountedRate(System::nanoTime);
  final CountedRate spansDropped = new CountedRate(System::nanoTime);
  final LongAdder metricPointsReceived = new LongAdder();
  final LongAdder metricPointsRejected = new LongAdder();
  final LongAdder logsReceived = new LongAdder();
  final LongAdder logsDropped = new LongAdder();
  final LongAdder rejectedRequests = new LongAdder();
  final LongAdder truncatedValues = new LongAdder();

  IntakeState state(SpanSink spans) {
    return new IntakeState(
        spansReceived.total(),
        spansReceived.perSecond(),
        spansDropped.total() + spans.lost(),
        spansDropped.perSecond() + spans.lostPerSecond(),
        metricPointsReceived.sum(),
        metricPointsRejected.sum(),
        logsReceived.sum(),
        logsDropped.sum() + spans.lostLogs(),
        rejectedRequests.sum(),
        truncatedValues.sum(),
        spans.depth());
  }
}
