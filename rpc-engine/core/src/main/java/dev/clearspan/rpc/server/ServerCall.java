package dev.clearspan.rpc.server;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.pipeline.InterceptorRun;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.limit.RefusalReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call being served, from decoding to its one end.
 *
 * <p>It is admitted before it is made. Then it either runs on a dispatcher's thread ({@link #run}),
 * or is turned away ({@link #refuse}). It ends by whichever comes first: the handler's outcome, the
 * deadline ({@link #expire}), the caller's cancellation or a lost connection ({@link #cancel}). The
 * end is told to the {@link ReplySink}.
 */
public final class ServerCall<Q, R> extends RunningCall<Q, R> implements Chunk.Task {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCall.class);

  /** The end and the run. */
  private static final int HOLDS = 2;

  private final RequestSource<Q> request;
  private final ReplySink<R> sink;
  private volatile @Nullable InterceptorRun<Q, R> stages;
  private volatile @Nullable Metadata headers;

  /** A call that the gate has admitted. Takes over the request. */
  public ServerCall(
      ServerScope scope,
      Place place,
      ServedMethod<Q, R> method,
      CallIntake intake,
      RequestSource<Q> request,
      CallLedger.ServedCall served,
      ReplySink<R> sink) {
    super(scope, place, method, intake, served);
    this.request = request;
    this.sink = sink;
  }

  @Override
  public CallSpec<Q, R> spec() {
    return received();
  }

  @Override
  public void setHeaders(Metadata value) {
    headers = value;
  }

  @Override
  public Metadata headers() {
    return orEmpty(headers);
  }

  /** Runs the handler, unless the call has ended or expired in the queue. */
  @Override
  public void run() {
    try {
      long now = scope.ticker().nanos();
      if (place.sheds()) {
        scope.gate().started(startNanos(), now);
      }
      if (isExpired(now)) {
        expire();
      } else if (isShedAfter(now - startNanos(), deadline().remainingNanos(now))) {
        LOG.debug("{} waited too long, trace {}", method.spec().fullName(), traceId());
      } else if (!hasEnded() && interruption.enter()) {
        runHandler(now);
      }
    } finally {
      request.release();
      letGo();
    }
  }

  /** Turns the call away instead of running it: no handler has seen it. */
  @Override
  public void refuse(String reason) {
    turnAway(scope.gate().refusal(RefusalReason.NO_THREAD, intake.criticality(), reason));
    request.release();
    letGo();
  }

  /** Whether it has waited so long that it is not run; it has ended then. */
  private boolean isShedAfter(long waited, long left) {
    Refusal late = place.sheds() ? scope.gate().tooLate(intake.criticality(), waited, left) : null;
    if (late != null) {
      turnAway(late);
    }
    return late != null;
  }

  private void turnAway(Refusal refusal) {
    if (claimEnd(refusal.reason().label())) {
      sink.failed(this, refusal.status(), refusal.metadata(), true);
      letGo();
    }
  }

  @Override
  public void expire() {
    Status status = Status.of(Status.Code.DEADLINE_EXCEEDED, "deadline passed " + where());
    if (claimEnd(status.code().name())) {
      sink.failed(this, status, Metadata.EMPTY, false);
      giveUp(status);
    }
  }

  @Override
  public void cancel() {
    Status status = Status.of(Status.Code.CANCELLED, "the caller gave up or is gone");
    if (claimEnd(status.code().name())) {
      sink.abandoned(this);
      giveUp(status);
    }
  }

  @Override
  int holds() {
    return HOLDS;
  }

  @Override
  public int requestBytes() {
    return intake.requestBytes();
  }

  /** What the reply says of the call's course. */
  public record Timing(boolean keep, long serverNanos, long queueNanos) {}

  private void runHandler(long now) {
    handlerBegan(now);
    try {
      inContext(this::invoke);
    } finally {
      interruption.exit();
      method.took(scope.ticker().nanos() - now);
    }
  }

  /** Where the call is, for people. */
  private String where() {
    if (!hasHandlerBegun()) {
      return "while queued";
    }
    InterceptorRun<Q, R> run = stages;
    InterceptorRun.Holder holder = run == null ? null : run.holder();
    return holder == null
        ? "while the handler ran"
        : "in interceptor " + holder.stage() + ", which " + holder.sin();
  }

  private RpcException failedAt(String stage, RpcException failure) {
    if (failure.getCause() != null) {
      LOG.error(
          "{} failed in interceptor {}, trace {}",
          method.spec().fullName(),
          stage,
          traceId(),
          failure.getCause());
    }
    return failure;
  }

  private void invoke() {
    Status denied = method.denial(intake.callerIdentity());
    if (denied != null) {
      fail(denied, null);
      return;
    }
    try {
      Q message = request.read();
      if (method.isIntercepted()) {
        InterceptorRun<Q, R> run = method.run(this::failedAt);
        stages = run;
        run.start(spec(), message).whenComplete(this::finish);
      } else {
        finish(method.handle(message), null);
      }
    } catch (UndecodableRequest e) {
      fail(Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage())), e);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      finish(null, e);
    }
  }

  private void finish(@Nullable R reply, @Nullable Throwable failure) {
    if (hasEnded()) {
      LOG.debug(
          "{} returned after its end, trace {}", method.spec().fullName(), traceId(), failure);
    } else if (failure != null) {
      HandlerFailure told = HandlerFailure.of(failure, method.spec().fullName(), traceId());
      end(told.status(), told.metadata(), told.errorType());
    } else if (reply == null) {
      String text = method.spec().fullName() + " returned null (expected: a reply)";
      end(Status.of(Status.Code.INTERNAL, text), Metadata.EMPTY, "INTERNAL");
    } else if (claimEnd(null)) {
      reply(reply);
      letGo();
    }
  }

  private void reply(R reply) {
    try {
      sink.replied(this, reply);
    } catch (RuntimeException e) {
      errorType(e.getClass().getName());
      String text =
          "reply of " + method.spec().fullName() + " could not be encoded: " + e.getMessage();
      LOG.error("{}, trace {}", text, traceId(), e);
      Status.Code code = e instanceof RpcException rpc ? rpc.code() : Status.Code.INTERNAL;
      sink.failed(this, Status.of(code, text), Metadata.EMPTY, false);
    }
  }

  private void fail(Status status, @Nullable Throwable cause) {
    LOG.debug("{}: {}", method.spec().fullName(), status.message(), cause);
    end(status, Metadata.EMPTY, status.code().name());
  }

  private void end(Status status, Metadata metadata, String type) {
    if (claimEnd(type)) {
      sink.failed(this, status, Trailers.of(trailers(), metadata), false);
      letGo();
    }
  }
}
