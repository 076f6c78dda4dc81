package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.TraceContext;
import org.jspecify.annotations.Nullable;

/** An attempt; once ended also a link in its call's list of ended attempts. */
final class TracedAttempt implements CallLedger.Attempt {
  private final TracedCall call;
  private final TraceContext context;
  private @Nullable AttemptRecord record;

  /** The attempt that ended before this one. Written before this one is published. */
  @Nullable TracedAttempt endedBefore;

  TracedAttempt(TracedCall call, TraceContext context) {
    this.call = call;
    this.context = context;
  }

  @Override
  public TraceContext wireContext() {
    return context;
  }

  @Override
  public void end(AttemptRecord value, boolean keptByServer) {
    record = value;
    call.attemptEnded(this, value);
  }

  AttemptRecord record() {
    if (record == null) {
      throw new IllegalStateException("attempt: still running (expected: ended)");
    }
    return record;
  }
}
