package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.CurrentCall;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.pipeline.InterceptorRun;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call being served, from decoding to its one end.
 *
 * <p>It is admitted before it is made. Then it either runs on a dispatcher's thread ({@link #run}),
 * or is turned away ({@link #refuse}). It ends exactly once, by whichever comes first: the
 * handler's outcome, the deadline ({@link #expire}), the caller's cancellation or a lost connection
 * ({@link #cancel}). The end is recorded in the ledger and told to the {@link ReplySink}. Its place
 * at the {@link CallGate} is given back when it has ended and no thread runs it any more, so a
 * handler that ignores its interrupt still counts.
 *
 * <p>Thread-safe. {@code ended} decides the race of ends; {@link Interruption} the one between an
 * interrupt and the handler's return.
 */
public final class ServerCall<Q, R> implements Call, CallInProgress<R>, Chunk.Task, ServedRecord {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCall.class);
  private static final AtomicIntegerFieldUpdater<ServerCall<?, ?>> ENDED = counter("ended");
  private static final AtomicIntegerFieldUpdater<ServerCall<?, ?>> LET_GO = counter("letGo");
  private static final int HOLDS = 2;

  private final ServerScope scope;
  private final ServedMethod<Q, R> method;
  private final CallIntake intake;
  private final RequestSource<Q> request;
  private final CallLedger.ServedCall served;
  private final ReplySink<R> sink;
  private final Interruption interruption = new Interruption();
  // No volatile field has an initial value: writing one is a fence for each call.
  private final AtomicReference<@Nullable CancelHooks> hooks = new AtomicReference<>();
  private volatile int ended;
  // The end and the run: the second to let go gives back the place at the gate.
  private volatile int letGo;
  private volatile boolean cancelled;
  private volatile boolean compresses;
  private volatile long handlerNanos;
  private volatile @Nullable InterceptorRun<Q, R> stages;
  private volatile @Nullable Metadata headers;
  private volatile @Nullable Metadata trailers;
  // Written by the one that ends the call.
  private @Nullable String errorType;
  private Status status = Status.OK;
  private long endNanos;
  private int responseBytes;

  /** A call that the gate has admitted. Takes over the request. */
  public ServerCall(
      ServerScope scope,
      ServedMethod<Q, R> method,
      CallIntake intake,
      RequestSource<Q> request,
      CallLedger.ServedCall served,
      ReplySink<R> sink) {
    this.scope = scope;
    this.method = method;
    this.intake = intake;
    this.request = request;
    this.served = served;
    this.sink = sink;
  }

  @Override
  public CallSpec<Q, R> spec() {
    return new CallSpec<>(
        CallSpec.Side.SERVER,
        method.spec(),
        intake.metadata(),
        intake.deadline(),
        intake.callerService(),
        served.traceId(),
        intake.criticality());
  }

  @Override
  public @Nullable String callerIdentity() {
    return intake.callerIdentity();
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    CancelHooks present = hooks.get();
    if (present == null) {
      CancelHooks fresh = new CancelHooks();
      present = hooks.compareAndSet(null, fresh) ? fresh : hooks.get();
    }
    if (present != null) {
      present.add(action);
    }
    if (cancelled) {
      runHooks();
    }
  }

  @Override
  public void offCancel(Runnable action) {
    CancelHooks present = hooks.get();
    if (present != null) {
      present.remove(action);
    }
  }

  @Override
  public void setHeaders(Metadata value) {
    headers = value;
  }

  @Override
  public void setTrailers(Metadata value) {
    trailers = value;
  }

  @Override
  public void compressReplies(boolean on) {
    compresses = on;
  }

  @Override
  public boolean compressesReplies() {
    return compresses;
  }

  @Override
  public Metadata headers() {
    return orEmpty(headers);
  }

  @Override
  public Metadata trailers() {
    return orEmpty(trailers);
  }

  @Override
  public ServedMethod<Q, R> method() {
    return method;
  }

  @Override
  public Deadline deadline() {
    return intake.deadline();
  }

  public boolean hasEnded() {
    return ended != 0;
  }

  @Override
  public String traceId() {
    return served.traceId();
  }

  /** Runs the handler, unless the call has ended or expired in the queue. */
  @Override
  public void run() {
    try {
      long now = scope.ticker().nanos();
      if (intake.deadline().remainingNanos(now) <= 0) {
        expire();
      } else if (ended == 0 && interruption.enter()) {
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
    scope.gate().countRefused();
    Status status = Status.of(Status.Code.UNAVAILABLE, reason);
    if (claimEnd("refused")) {
      sink.failed(this, status, Metadata.EMPTY, true);
      letGo();
    }
    request.release();
    letGo();
  }

  @Override
  public void expire() {
    Status.Code code = Status.Code.DEADLINE_EXCEEDED;
    if (claimEnd(code.name())) {
      sink.failed(this, Status.of(code, "deadline passed " + where()), Metadata.EMPTY, false);
      giveUp();
    }
  }

  @Override
  public void cancel() {
    if (claimEnd(Status.Code.CANCELLED.name())) {
      sink.abandoned(this);
      giveUp();
    }
  }

  @Override
  public Timing record(Status answered, int replyBytes) {
    status = answered;
    responseBytes = replyBytes;
    endNanos = scope.ticker().nanos();
    boolean keep = served.end(this);
    return new Timing(keep, endNanos - startNanos(), handlerNanos() - startNanos());
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public @Nullable String errorType() {
    return status.isOk() ? null : errorType;
  }

  @Override
  public long startNanos() {
    return intake.startNanos();
  }

  @Override
  public long handlerNanos() {
    return handlerNanos == 0 ? endNanos : handlerNanos;
  }

  @Override
  public long endNanos() {
    return endNanos;
  }

  @Override
  public int requestBytes() {
    return intake.requestBytes();
  }

  @Override
  public int responseBytes() {
    return responseBytes;
  }

  /** What the reply says of the call's course. */
  public record Timing(boolean keep, long serverNanos, long queueNanos) {}

  private void runHandler(long now) {
    handlerNanos = now;
    String outerTrace = LogContext.enter(served);
    try (CallLedger.Scope current = served.makeCurrent(intake.metadata())) {
      CurrentCall.run(this, this::invoke);
    } finally {
      LogContext.exit(outerTrace);
      interruption.exit();
      method.took(scope.ticker().nanos() - handlerNanos);
    }
  }

  /** Where the call is, for people. */
  private String where() {
    if (handlerNanos == 0) {
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
    if (ended != 0) {
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
      errorType = e.getClass().getName();
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

  private void giveUp() {
    cancelled = true;
    interruption.interrupt();
    if (hooks.get() != null) {
      scope.dispatcher().execute(this::runHooks);
    }
    letGo();
  }

  private void runHooks() {
    CancelHooks present = hooks.get();
    if (present == null) {
      return;
    }
    CancelHooks.run(
        present.cancel(),
        e -> LOG.warn("cancellation hook of {}, trace {}", method.spec().fullName(), traceId(), e));
  }

  private boolean claimEnd(@Nullable String type) {
    if (!ENDED.compareAndSet(this, 0, 1)) {
      return false;
    }
    errorType = type;
    return true;
  }

  private void letGo() {
    if (LET_GO.incrementAndGet(this) == HOLDS) {
      scope.gate().leave();
    }
  }

  private static Metadata orEmpty(@Nullable Metadata metadata) {
    return metadata == null ? Metadata.EMPTY : metadata;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the updater knows only the raw class
  private static AtomicIntegerFieldUpdater<ServerCall<?, ?>> counter(String field) {
    return (AtomicIntegerFieldUpdater)
        AtomicIntegerFieldUpdater.newUpdater(ServerCall.class, field);
  }
}
