package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.breaker.FailureCodes;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.limit.LimitMark;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call at one endpoint: sends it, gives it up when its time is over, and tells
 * everyone who learns from it (ledger, breaker, load meter) before the call hears of it.
 */
final class UnaryAttempt<Q, R> extends MadeAttempt<R> implements AttemptListener<R>, Runnable {
  /** A server's clock may reach a deadline that it was sent this much before ours does. */
  private static final long CLOCK_SLACK_NANOS = 5_000_000;

  private final UnaryCall<Q, R> call;
  private final long deadlineNanos;
  private @Nullable Scheduled timer;
  private volatile @Nullable SentAttempt sent;
  private volatile boolean timedOut;
  private boolean lost; // written before the cancel that it is read after

  /** How an attempt ended, for the call: a failure, or null and the reply. */
  record Ending<R>(
      @Nullable Failure failure, RetryRule.@Nullable Failure kind, @Nullable R message) {}

  UnaryAttempt(
      UnaryCall<Q, R> call,
      Picker.Pick pick,
      int number,
      AttemptKind kind,
      long startNanos,
      long deadlineNanos,
      CallLedger.Attempt ledger) {
    super(pick, number, kind, startNanos, ledger);
    this.call = call;
    this.deadlineNanos = deadlineNanos;
  }

  void send(AttemptRequest<Q, R> request) {
    pick.endpoint().load().began();
    timer = call.core().timers().schedule(this, deadlineNanos - startNanos);
    try {
      sent = pick.endpoint().connection().send(request, this);
    } catch (RuntimeException e) {
      notEncoded(e);
      return;
    }
    if (timedOut || call.isOver()) {
      cancel();
    }
  }

  /** Gives the attempt up, if it was sent; its end is heard as usual. */
  void cancel() {
    SentAttempt current = sent;
    if (current != null) {
      current.cancel();
    }
  }

  /** Another attempt has settled the call. */
  void lose() {
    lost = true;
    cancel();
  }

  /** Its time is over. */
  @Override
  public void run() {
    timedOut = true;
    cancel();
  }

  Deadline deadline() {
    return new Deadline(deadlineNanos);
  }

  @Override
  public void ended(AttemptResult<R> ending) {
    long now = call.core().ticker().nanos();
    stopTimer();
    endedAt(now, ending);
    if (ending instanceof AttemptResult.Replied<R> replied) {
      replied(replied, now);
    } else if (ending instanceof AttemptResult.NotSent<R>) {
      learnNothing();
      end("NOT_SENT", ending.status(), RetryRule.Failure.NO_HANDLER_RAN, codeOf(ending));
    } else if (ending instanceof AttemptResult.Refused<R> refused) {
      refused(refused, now);
    } else if (ending instanceof AttemptResult.Unknown<R>) {
      learn(now, "connection lost");
      end("UNKNOWN", ending.status(), RetryRule.Failure.CONNECTION_LOST, "connection_lost");
    } else {
      cancelled(ending, now);
    }
  }

  private void replied(AttemptResult.Replied<R> reply, long now) {
    Status replied = reply.status();
    boolean failed = FailureCodes.contains(replied.code());
    if (failed) {
      instanceFailed(now, now - startNanos, replied.code().name());
    } else {
      instanceSucceeded(now, now - startNanos);
    }
    pick.endpoint().load().ended(now - startNanos, !failed, now);
    pick.endpoint().attemptEnded();
    String failure = replied.isOk() ? null : replied.code().name();
    tell(replied, failure == null ? "OK" : "STATUS", failure, reply.keep());
    call.attemptEnded(this, failure == null ? ok(reply) : answered(reply, failure, now));
  }

  private Ending<R> ok(AttemptResult.Replied<R> reply) {
    return new Ending<>(null, null, reply.message());
  }

  private Ending<R> answered(AttemptResult.Replied<R> reply, String code, long now) {
    boolean outOfTime =
        reply.status().code() == Status.Code.DEADLINE_EXCEEDED
            && deadlineNanos - now < CLOCK_SLACK_NANOS;
    return new Ending<>(
        new Failure(reply.status(), reply.metadata(), Origin.REMOTE, Pipeline.SERVER, code, null),
        outOfTime ? RetryRule.Failure.TIMED_OUT : RetryRule.Failure.STATUS,
        null);
  }

  /** A limit that is met is the caller's affair or its server's load, not a failure. */
  private void refused(AttemptResult.Refused<R> refused, long now) {
    Status told = refused.status();
    boolean failed =
        told.code() == Status.Code.RESOURCE_EXHAUSTED && !LimitMark.isOn(refused.metadata());
    learn(now, failed ? codeOf(refused) : null);
    tell(told, "REFUSED", codeOf(refused), false);
    Failure failure =
        new Failure(
            told, refused.metadata(), Origin.LOCAL, Pipeline.TRANSPORT, codeOf(refused), null);
    call.attemptEnded(this, new Ending<>(failure, RetryRule.Failure.NO_HANDLER_RAN, null));
  }

  private void cancelled(AttemptResult<R> ending, long now) {
    if (timedOut) {
      Status late =
          Status.of(
              Status.Code.DEADLINE_EXCEEDED,
              "no reply from %s within %d ms"
                  .formatted(peer(), (deadlineNanos - startNanos) / 1_000_000));
      learn(now, late.code().name());
      end("CANCELLED", late, RetryRule.Failure.TIMED_OUT, late.code().name());
    } else if (lost) {
      lostRace(now);
    } else {
      learnNothing();
      end("CANCELLED", ending.status(), RetryRule.Failure.TIMED_OUT, codeOf(ending));
    }
  }

  /** It would have taken longer than it was given: so much the balancer learns. */
  private void lostRace(long now) {
    pick.permit().released();
    pick.endpoint().load().ended(now - startNanos, true, now);
    pick.endpoint().attemptEnded();
    Status gone = Status.of(Status.Code.CANCELLED, "another attempt was answered first");
    end("CANCELLED", gone, RetryRule.Failure.TIMED_OUT, gone.code().name());
  }

  /** The request could not become bytes: sending it elsewhere would not help. */
  private void notEncoded(RuntimeException e) {
    endedAt(call.core().ticker().nanos(), null);
    stopTimer();
    learnNothing();
    Status unsent =
        e instanceof RpcException rpc
            ? rpc.status()
            : Status.of(Status.Code.INTERNAL, "request cannot be encoded: " + e);
    tell(unsent, "NOT_SENT", unsent.code().name(), false);
    Failure failure =
        Failure.local(unsent.code(), unsent.message(), Pipeline.TRANSPORT).withCause(e);
    call.attemptEnded(this, new Ending<>(failure, null, null));
  }

  private void end(String how, Status ended, RetryRule.Failure failureKind, String type) {
    tell(ended, how, type, false);
    Failure failure =
        new Failure(ended, Metadata.EMPTY, Origin.LOCAL, Pipeline.TRANSPORT, type, null);
    call.attemptEnded(this, new Ending<>(failure, failureKind, null));
  }

  private void learn(long now, @Nullable String failure) {
    if (failure == null) {
      pick.permit().released();
      pick.endpoint().load().ended();
    } else {
      instanceFailed(now, now - startNanos, failure);
      pick.endpoint().load().ended(now - startNanos, false, now);
    }
    pick.endpoint().attemptEnded();
  }

  private void learnNothing() {
    learn(0, null);
  }

  private void stopTimer() {
    Scheduled current = timer;
    if (current != null) {
      current.cancel();
    }
  }

  private static String codeOf(AttemptResult<?> result) {
    return result.status().code().name();
  }
}
