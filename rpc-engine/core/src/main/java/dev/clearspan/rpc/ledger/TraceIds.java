package dev.clearspan.rpc.ledger;

import java.util.concurrent.ThreadLocalRandom;

/** Random ids for traces and spans, never zero. */
final class TraceIds {
  private TraceIds() {}

  /** A new trace, with a span of its own. */
  static TraceContext newTrace() {
    return new TraceContext(nonZero(), nonZero(), nonZero(), TraceContext.RANDOM, (byte) 0);
  }

  /** The same trace with a new span. */
  static TraceContext child(TraceContext parent) {
    return new TraceContext(
        parent.traceIdHigh(),
        parent.traceIdLow(),
        nonZero(),
        parent.traceFlags(),
        parent.clearspanFlags());
  }

  private static long nonZero() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return id;
  }
}
