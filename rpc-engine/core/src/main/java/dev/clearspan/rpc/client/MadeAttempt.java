package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.Transition;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.Callee;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.rpc.outlier.Tally;
import org.jspecify.annotations.Nullable;

/** What the ledger may ask of an attempt that has ended, whatever the shape of its call. */
abstract class MadeAttempt<R> implements AttemptRecord {
  final Picker.Pick pick;
  final long startNanos;
  private final int number;
  private final AttemptKind kind;
  private final CallLedger.Attempt ledger;
  // Written when it ends, before the ledger is told.
  private @Nullable AttemptResult<R> result;
  private Status status = Status.OK;
  private String outcome = "";
  private @Nullable String errorType;
  private long endNanos;

  MadeAttempt(
      Picker.Pick pick, int number, AttemptKind kind, long startNanos, CallLedger.Attempt ledger) {
    this.pick = pick;
    this.number = number;
    this.kind = kind;
    this.startNanos = startNanos;
    this.ledger = ledger;
    CallEvent met = pick.met();
    if (met != null) {
      ledger.event(met);
    }
    tellChange(pick.permit().admission());
  }

  /** The instance did its work, in this time; {@link Permit#UNTIMED} if that says nothing. */
  final void instanceSucceeded(long now, long tookNanos) {
    tellChange(pick.permit().succeeded(now, tookNanos));
    Tally tally = pick.tally();
    if (tally != null) {
      tally.succeeded(tookNanos);
    }
  }

  /** The instance failed; {@code cause} says how, in a word. */
  final void instanceFailed(long now, long tookNanos, String cause) {
    tellChange(pick.permit().failed(now, tookNanos, cause));
    Tally tally = pick.tally();
    if (tally != null) {
      tally.failed();
    }
  }

  private void tellChange(@Nullable Transition change) {
    if (change != null) {
      ledger.event(
          new CallEvent.BreakerChanged(
              peerInstance(),
              change.from().label(),
              change.to().label(),
              change.cause().label(),
              change.detail()));
    }
  }

  /** It has ended now; with a result, unless nothing could be sent. */
  final void endedAt(long nanos, @Nullable AttemptResult<R> ending) {
    result = ending;
    endNanos = nanos;
  }

  /** Tells the ledger how it has ended. */
  final void tell(Status ended, String how, @Nullable String type, boolean keptByServer) {
    status = ended;
    outcome = how;
    errorType = type;
    ledger.end(this, keptByServer);
  }

  /** What goes on the wire. */
  final TraceContext wireContext() {
    return ledger.wireContext();
  }

  /** What its server answered; null: nothing. */
  final AttemptResult.@Nullable Replied<R> reply() {
    return result instanceof AttemptResult.Replied<R> reply ? reply : null;
  }

  /** "host:port" of the endpoint. */
  final String peer() {
    return pick.endpoint().authority();
  }

  @Override
  public final int number() {
    return number;
  }

  @Override
  public final AttemptKind kind() {
    return kind;
  }

  @Override
  public final String peerInstance() {
    return pick.endpoint().id();
  }

  @Override
  public final String peerAddress() {
    return peer();
  }

  @Override
  public final Callee callee() {
    return pick.endpoint();
  }

  @Override
  public final Status status() {
    return status;
  }

  @Override
  public final String outcome() {
    return outcome;
  }

  @Override
  public final @Nullable String errorType() {
    return errorType;
  }

  @Override
  public final long startNanos() {
    return startNanos;
  }

  @Override
  public final long endNanos() {
    return endNanos;
  }

  @Override
  public final int requestBytes() {
    return result == null ? 0 : result.requestBytes();
  }

  @Override
  public final int responseBytes() {
    return result instanceof AttemptResult.Replied<R> reply ? reply.responseBytes() : 0;
  }

  @Override
  public final long serverNanos() {
    return result instanceof AttemptResult.Replied<R> reply ? reply.serverNanos() : -1;
  }

  @Override
  public final long serverQueueNanos() {
    return result instanceof AttemptResult.Replied<R> reply ? reply.serverQueueNanos() : -1;
  }
}
