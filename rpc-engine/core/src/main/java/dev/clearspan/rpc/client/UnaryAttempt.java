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
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.retry.RetryRule;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call at one endpoint: sends it, gives it up when its time is over, and tells
 * everyone who learns from it (ledger, breaker, load meter) before the call hears of it.
 */
final class UnaryAttempt<Q, R> implements AttemptListener<R>, Runnable {
  /** A server's clock may reach a deadline that it was sent this much before ours does. */
  private static final long CLOCK_SLACK_NANOS = 5_000_000;

  private final UnaryCall<Q, R> call;
  private final Picker.Pick pick;
  private final int number;
  private final AttemptKind kind;
  private final long startNanos;
  private final long deadlineNanos;
  private final CallLedger.Attempt ledger;
  private @Nullable Scheduled timer;
  private volatile @Nullable SentAttempt sent;
  private volatile boolean timedOut;

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
    this.call = call;
    this.pick = pick;
    this.number = number;
    this.kind = kind;
    this.startNanos = startNanos;
    this.deadlineNanos = deadlineNanos;
    this.ledger = ledger;
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
    if (timedOut || call.isHalted()) {
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

  /** Its time is over. */
  @Override
  public void run() {
    timedOut = true;
    cancel();
  }

  Deadline deadline() {
    return new Deadline(deadlineNanos);
  }

  String peer() {
    return pick.endpoint().authority();
  }

  @Override
  public void ended(AttemptResult<R> result) {
    long now = call.core().ticker().nanos();
    stopTimer();
    if (result instanceof AttemptResult.Replied<R> replied) {
      replied(replied, now);
    } else if (result instanceof AttemptResult.NotSent<R> notSent) {
      learnNothing();
      end(
          result,
          now,
          "NOT_SENT",
          notSent.status(),
          RetryRule.Failure.NO_HANDLER_RAN,
          codeOf(result));
    } else if (result instanceof AttemptResult.Refused<R>) {
      learn(now, result.status().code() == Status.Code.RESOURCE_EXHAUSTED ? codeOf(result) : null);
      end(
          result,
          now,
          "REFUSED",
          result.status(),
          RetryRule.Failure.NO_HANDLER_RAN,
          codeOf(result));
    } else if (result instanceof AttemptResult.Unknown<R>) {
      learn(now, "connection lost");
      end(
          result,
          now,
          "UNKNOWN",
          result.status(),
          RetryRule.Failure.CONNECTION_LOST,
          "connection_lost");
    } else {
      cancelled(result, now);
    }
  }

  private void replied(AttemptResult.Replied<R> reply, long now) {
    Status status = reply.status();
    boolean failed = FailureCodes.contains(status.code());
    if (failed) {
      pick.permit().failed(now, status.code().name());
    } else {
      pick.permit().succeeded(now);
    }
    pick.endpoint().load().ended(now - startNanos, !failed, now);
    pick.endpoint().attemptEnded();
    String errorType = status.isOk() ? null : status.code().name();
    ledger.end(
        record(
            status,
            status.isOk() ? "OK" : "STATUS",
            errorType,
            now,
            reply.requestBytes(),
            reply.responseBytes(),
            reply.serverNanos(),
            reply.serverQueueNanos()),
        reply.keep());
    call.heard(reply);
    call.attemptEnded(this, errorType == null ? ok(reply) : answered(reply, errorType, now));
  }

  private Ending<R> ok(AttemptResult.Replied<R> reply) {
    return new Ending<>(null, null, reply.message());
  }

  private Ending<R> answered(AttemptResult.Replied<R> reply, String errorType, long now) {
    boolean outOfTime =
        reply.status().code() == Status.Code.DEADLINE_EXCEEDED
            && deadlineNanos - now < CLOCK_SLACK_NANOS;
    return new Ending<>(
        new Failure(
            reply.status(), reply.metadata(), Origin.REMOTE, Pipeline.SERVER, errorType, null),
        outOfTime ? RetryRule.Failure.TIMED_OUT : RetryRule.Failure.STATUS,
        null);
  }

  private void cancelled(AttemptResult<R> result, long now) {
    if (timedOut) {
      Status late =
          Status.of(
              Status.Code.DEADLINE_EXCEEDED,
              "no reply from %s within %d ms"
                  .formatted(peer(), (deadlineNanos - startNanos) / 1_000_000));
      learn(now, late.code().name());
      end(result, now, "CANCELLED", late, RetryRule.Failure.TIMED_OUT, late.code().name());
    } else {
      learnNothing();
      end(result, now, "CANCELLED", result.status(), RetryRule.Failure.TIMED_OUT, codeOf(result));
    }
  }

  /** The request could not become bytes: sending it elsewhere would not help. */
  private void notEncoded(RuntimeException e) {
    long now = call.core().ticker().nanos();
    stopTimer();
    learnNothing();
    Status status =
        e instanceof RpcException rpc
            ? rpc.status()
            : Status.of(Status.Code.INTERNAL, "request cannot be encoded: " + e);
    ledger.end(record(status, "NOT_SENT", status.code().name(), now, 0, 0, -1, -1), false);
    Failure failure =
        Failure.local(status.code(), status.message(), Pipeline.TRANSPORT).withCause(e);
    call.attemptEnded(this, new Ending<>(failure, null, null));
  }

  private void end(
      AttemptResult<R> result,
      long now,
      String outcome,
      Status status,
      RetryRule.Failure failureKind,
      String errorType) {
    ledger.end(record(status, outcome, errorType, now, result.requestBytes(), 0, -1, -1), false);
    Failure failure =
        new Failure(status, Metadata.EMPTY, Origin.LOCAL, Pipeline.TRANSPORT, errorType, null);
    call.attemptEnded(this, new Ending<>(failure, failureKind, null));
  }

  private void learn(long now, @Nullable String failure) {
    if (failure == null) {
      pick.permit().released();
      pick.endpoint().load().ended();
    } else {
      pick.permit().failed(now, failure);
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

  private AttemptRecord record(
      Status status,
      String outcome,
      @Nullable String errorType,
      long endNanos,
      int requestBytes,
      int responseBytes,
      long serverNanos,
      long serverQueueNanos) {
    return new AttemptRecord(
        number,
        kind,
        pick.endpoint().id(),
        peer(),
        status,
        outcome,
        errorType,
        startNanos,
        endNanos,
        requestBytes,
        responseBytes,
        serverNanos,
        serverQueueNanos);
  }
}
