package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.breaker.FailureCodes;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallLedger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a streaming call at one endpoint: passes on what is heard, and at its end tells
 * everyone who learns from it (ledger, breaker, load meter) before the call hears of it. How long a
 * stream lives says nothing of the endpoint's speed, so no latency is learned.
 */
final class StreamAttempt<Q, R> implements StreamAttemptListener<R> {
  private final StreamCall<Q, R> call;
  private final Picker.Pick pick;
  private final int number;
  private final AttemptKind kind;
  private final long startNanos;
  private final CallLedger.Attempt ledger;
  private volatile @Nullable StreamSender<Q> sender;

  StreamAttempt(
      StreamCall<Q, R> call,
      Picker.Pick pick,
      int number,
      AttemptKind kind,
      long startNanos,
      CallLedger.Attempt ledger) {
    this.call = call;
    this.pick = pick;
    this.number = number;
    this.kind = kind;
    this.startNanos = startNanos;
    this.ledger = ledger;
  }

  StreamSender<Q> open(StreamRequest<Q, R> request) {
    pick.endpoint().load().began();
    StreamSender<Q> opened = pick.endpoint().connection().open(request, this);
    sender = opened;
    return opened;
  }

  /** Gives the attempt up, if it has been opened; its end is heard as usual. */
  void cancel(String reason) {
    StreamSender<Q> current = sender;
    if (current != null) {
      current.cancel(reason);
    }
  }

  String peer() {
    return pick.endpoint().address().authority();
  }

  @Override
  public void headers(Metadata headers) {
    call.headers(headers);
  }

  @Override
  public void message(R message) {
    call.message(message);
  }

  @Override
  public void ready() {
    call.ready();
  }

  @Override
  public void ended(AttemptResult<R> result) {
    if (result instanceof AttemptResult.Replied<R> reply) {
      replied(reply);
      return;
    }
    boolean noHandlerRan =
        result instanceof AttemptResult.NotSent<R> || result instanceof AttemptResult.Refused<R>;
    boolean connectionLost = result instanceof AttemptResult.Unknown<R>;
    Status status = result.status();
    boolean overloaded =
        result instanceof AttemptResult.Refused<R>
            && status.code() == Status.Code.RESOURCE_EXHAUSTED;
    String errorType = connectionLost ? "connection_lost" : status.code().name();
    learn(connectionLost ? "connection lost" : overloaded ? errorType : null);
    ledger.end(record(result, outcome(result), errorType, 0, -1, -1), false);
    call.attemptFailed(
        new Failure(status, Metadata.EMPTY, Origin.LOCAL, Pipeline.TRANSPORT, errorType, null),
        noHandlerRan);
  }

  private void replied(AttemptResult.Replied<R> reply) {
    Status status = reply.status();
    String errorType = status.isOk() ? null : status.code().name();
    if (FailureCodes.contains(status.code())) {
      learn(status.code().name());
    } else {
      pick.permit().succeeded(now());
      leave();
    }
    String outcome = status.isOk() ? "OK" : "STATUS";
    ledger.end(
        record(
            reply,
            outcome,
            errorType,
            reply.responseBytes(),
            reply.serverNanos(),
            reply.serverQueueNanos()),
        reply.keep());
    if (errorType == null) {
      call.succeeded(reply.metadata());
    } else {
      call.attemptFailed(
          new Failure(status, reply.metadata(), Origin.REMOTE, Pipeline.SERVER, errorType, null),
          false);
    }
  }

  private void learn(@Nullable String failure) {
    if (failure == null) {
      pick.permit().released();
    } else {
      pick.permit().failed(now(), failure);
    }
    leave();
  }

  private void leave() {
    pick.endpoint().load().ended();
    pick.endpoint().attemptEnded();
  }

  private long now() {
    return call.core().ticker().nanos();
  }

  private static String outcome(AttemptResult<?> result) {
    if (result instanceof AttemptResult.NotSent<?>) {
      return "NOT_SENT";
    }
    if (result instanceof AttemptResult.Refused<?>) {
      return "REFUSED";
    }
    return result instanceof AttemptResult.Unknown<?> ? "UNKNOWN" : "CANCELLED";
  }

  private AttemptRecord record(
      AttemptResult<R> result,
      String outcome,
      @Nullable String errorType,
      int responseBytes,
      long serverNanos,
      long serverQueueNanos) {
    return new AttemptRecord(
        number,
        kind,
        pick.endpoint().id(),
        peer(),
        result.status(),
        outcome,
        errorType,
        startNanos,
        now(),
        result.requestBytes(),
        responseBytes,
        serverNanos,
        serverQueueNanos);
  }
}
