package dev.clearspan.tracing.internal.keep;

import dev.clearspan.rpc.ledger.Callee;
import dev.clearspan.tracing.internal.record.Detail;
import dev.clearspan.tracing.internal.record.KeepReason;
import dev.clearspan.tracing.internal.record.SpanRecord;
import org.jspecify.annotations.Nullable;

/** Where kept records go. Called by the recorder's thread only. */
public interface KeptSpans {
  /**
   * One span is kept.
   *
   * @param record valid during this call only
   * @param detail null: it has none
   * @param partial a part of its trace is known to be missing
   */
  void kept(SpanRecord record, @Nullable Detail detail, KeepReason reason, boolean partial);

  /** The whole trace is kept: whatever else there is of it goes the same way. */
  void keptTrace(long traceIdHigh, long traceIdLow);

  /** Who can be asked for the other side of a client span; null: nobody any more. */
  @Nullable Callee callee(SpanRecord record);

  /** How full the way out is, 0 to 1. */
  double fullness();

  /** A turn of the recorder's thread: about every 20 ms. */
  void turn();
}
