package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.FailureCodes;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.limit.LimitMark;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a streaming call at one endpoint: passes on what is heard, and at its end tells
 * everyone who learns from it (ledger, breaker, load meter) before the call hears of it. A breaker
 * that probes learns already when the endpoint begins to answer. How long that takes, or a stream
 * lives, says nothing of the endpoint's speed, so no latency is learned.
 */
final class StreamAttempt<Q, R> extends MadeAttempt<R> implements StreamAttemptListener<R> {
  private final StreamCall<Q, R> call;
  private volatile @Nullable StreamSender<Q> sender;
  private boolean answering;
  private boolean probed;

  StreamAttempt(
      StreamCall<Q, R> call,
      Picker.Pick pick,
      int number,
      AttemptKind kind,
      long startNanos,
      CallLedger.Attempt ledger) {
    super(pick, number, kind, startNanos, ledger);
    this.call = call;
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

  @Override
  public void headers(Metadata headers) {
    answers();
    call.headers(headers);
  }

  @Override
  public void message(R message) {
    answers();
    call.message(message);
  }

  @Override
  public void ready() {
    call.ready();
  }

  @Override
  public void ended(AttemptResult<R> ending) {
    endedAt(now(), ending);
    if (ending instanceof AttemptResult.Replied<R> reply) {
      replied(reply);
      return;
    }
    boolean noHandlerRan =
        ending instanceof AttemptResult.NotSent<R> || ending instanceof AttemptResult.Refused<R>;
    boolean connectionLost = ending instanceof AttemptResult.Unknown<R>;
    Status ended = ending.status();
    Metadata told =
        ending instanceof AttemptResult.Refused<R> refused ? refused.metadata() : Metadata.EMPTY;
    boolean overloaded =
        ending instanceof AttemptResult.Refused<R>
            && ended.code() == Status.Code.RESOURCE_EXHAUSTED
            && !LimitMark.isOn(told);
    String type = connectionLost ? "connection_lost" : ended.code().name();
    learn(connectionLost ? "connection lost" : overloaded ? type : null);
    tell(ended, outcome(ending), type, false);
    call.attemptFailed(
        new Failure(ended, told, Origin.LOCAL, Pipeline.TRANSPORT, type, null), noHandlerRan);
  }

  private void replied(AttemptResult.Replied<R> reply) {
    Status replied = reply.status();
    String type = replied.isOk() ? null : replied.code().name();
    if (FailureCodes.contains(replied.code())) {
      learn(replied.code().name());
    } else {
      if (!probed) {
        instanceSucceeded(now(), Permit.UNTIMED);
      }
      leave();
    }
    tell(replied, replied.isOk() ? "OK" : "STATUS", type, reply.keep());
    if (type == null) {
      call.succeeded(reply.metadata());
    } else {
      call.attemptFailed(
          new Failure(replied, reply.metadata(), Origin.REMOTE, Pipeline.SERVER, type, null),
          false);
    }
  }

  private void learn(@Nullable String failure) {
    if (!probed) {
      tellBreaker(failure);
    }
    leave();
  }

  private void tellBreaker(@Nullable String failure) {
    if (failure == null) {
      pick.permit().released();
    } else {
      instanceFailed(now(), Permit.UNTIMED, failure);
    }
  }

  private void answers() {
    if (!answering) {
      answering = true;
      probed = pick.permit().isProbe();
      if (probed) {
        instanceSucceeded(now(), Permit.UNTIMED);
      }
    }
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
}
