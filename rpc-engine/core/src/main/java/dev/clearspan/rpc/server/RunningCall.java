package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.CurrentCall;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.ServedRecord;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What serving a call is, whatever its shape: it has a deadline and a caller who may give it up, it
 * ends once, it is recorded then, and it leaves the {@link CallGate} when it has ended and no
 * thread runs it any more, so a handler that ignores its interrupt still counts.
 *
 * <p>Thread-safe. {@link #claimEnd} decides the race of ends; {@link Interruption} the one between
 * an interrupt and the handler's return.
 */
abstract sealed class RunningCall<Q, R> implements Call, CallInProgress<R>, ServedRecord
    permits ServerCall, ServerStream {
  private static final Logger LOG = LoggerFactory.getLogger(RunningCall.class);
  private static final long CALLER_FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final AtomicIntegerFieldUpdater<RunningCall<?, ?>> ENDED = counter("ended");
  private static final AtomicIntegerFieldUpdater<RunningCall<?, ?>> LET_GO = counter("letGo");

  final ServerScope scope;
  final ServedMethod<Q, R> method;
  final Place place;
  final CallIntake intake;
  final Interruption interruption = new Interruption();
  private final CallLedger.ServedCall served;
  // No volatile field has an initial value: writing one is a fence for each call.
  private final AtomicReference<@Nullable CancelHooks> hooks = new AtomicReference<>();
  private volatile int ended;
  private volatile int letGo;
  private volatile boolean cancelled;
  private volatile boolean compresses;
  private volatile long handlerNanos;
  private volatile @Nullable Metadata trailers;
  // Written by the one that ends the call.
  private @Nullable String errorType;
  private Status status = Status.OK;
  private long endNanos;
  private int responseBytes;

  RunningCall(
      ServerScope scope,
      Place place,
      ServedMethod<Q, R> method,
      CallIntake intake,
      CallLedger.ServedCall served) {
    this.scope = scope;
    this.place = place;
    this.method = method;
    this.intake = intake;
    this.served = served;
  }

  /** How many must let go until its place at the gate is free. */
  abstract int holds();

  /** Before the handler is interrupted: who waits for this call hears why. */
  void givenUp(Status why) {}

  /** The call as it came. */
  final CallSpec<Q, R> received() {
    return new CallSpec<>(
        CallSpec.Side.SERVER,
        method.spec(),
        intake.metadata(),
        intake.deadline(),
        intake.callerService(),
        served.traceId(),
        intake.criticality(),
        intake.attempt());
  }

  @Override
  public final @Nullable String callerIdentity() {
    return intake.callerIdentity();
  }

  @Override
  public final boolean isCancelled() {
    return cancelled;
  }

  @Override
  public final void onCancel(Runnable action) {
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
  public final void offCancel(Runnable action) {
    CancelHooks present = hooks.get();
    if (present != null) {
      present.remove(action);
    }
  }

  @Override
  public final void setTrailers(Metadata value) {
    trailers = value;
  }

  @Override
  public final Metadata trailers() {
    return orEmpty(trailers);
  }

  @Override
  public final void compressReplies(boolean on) {
    compresses = on;
  }

  @Override
  public final boolean compressesReplies() {
    return compresses;
  }

  @Override
  public final ServedMethod<Q, R> method() {
    return method;
  }

  @Override
  public final Deadline deadline() {
    return intake.deadline();
  }

  @Override
  public final String traceId() {
    return served.traceId();
  }

  public final boolean hasEnded() {
    return ended != 0;
  }

  @Override
  public final ServerCall.Timing record(Status answered, int replyBytes) {
    status = answered;
    responseBytes = replyBytes;
    endNanos = scope.ticker().nanos();
    if (place.sheds()) {
      long took = handlerNanos == 0 ? -1 : endNanos - handlerNanos;
      scope.gate().ended(isOutOfTime(), took, endNanos);
    }
    boolean keep = served.end(this);
    return new ServerCall.Timing(keep, endNanos - startNanos(), handlerNanos() - startNanos());
  }

  @Override
  public final Status status() {
    return status;
  }

  @Override
  public final @Nullable String errorType() {
    return status.isOk() ? null : errorType;
  }

  @Override
  public final long startNanos() {
    return intake.startNanos();
  }

  @Override
  public final long handlerNanos() {
    return handlerNanos == 0 ? endNanos : handlerNanos;
  }

  @Override
  public final long endNanos() {
    return endNanos;
  }

  @Override
  public final int responseBytes() {
    return responseBytes;
  }

  /** A caller whose own clock is faster gives up first. */
  private boolean isOutOfTime() {
    Status.Code code = status.code();
    return code == Status.Code.DEADLINE_EXCEEDED
        || (code == Status.Code.CANCELLED && isExpired(endNanos + CALLER_FIRST_NANOS));
  }

  final boolean isExpired(long now) {
    return intake.deadline().remainingNanos(now) <= 0;
  }

  /** The handler begins now. */
  final void handlerBegan(long now) {
    handlerNanos = now;
  }

  final boolean hasHandlerBegun() {
    return handlerNanos != 0;
  }

  /** Runs the handler's code as part of this call. */
  final void inContext(Runnable code) {
    String outerTrace = LogContext.enter(served);
    try (CallLedger.Scope current = served.makeCurrent(intake.metadata())) {
      CurrentCall.run(this, code);
    } finally {
      LogContext.exit(outerTrace);
    }
  }

  /** Whether the caller of this is the one that ends the call. */
  final boolean claimEnd(@Nullable String type) {
    if (!ENDED.compareAndSet(this, 0, 1)) {
      return false;
    }
    errorType = type;
    return true;
  }

  /** A finer word for an end that is one's own. */
  final void errorType(String type) {
    errorType = type;
  }

  /** The call has ended without its handler, which may still run. */
  final void giveUp(Status why) {
    cancelled = true;
    givenUp(why);
    interruption.interrupt();
    if (hooks.get() != null) {
      scope.dispatcher().execute(this::runHooks);
    }
    letGo();
  }

  final void letGo() {
    if (LET_GO.incrementAndGet(this) == holds()) {
      place.leave();
    }
  }

  static Metadata orEmpty(@Nullable Metadata metadata) {
    return metadata == null ? Metadata.EMPTY : metadata;
  }

  private void runHooks() {
    CancelHooks present = hooks.get();
    if (present != null) {
      CancelHooks.run(
          present.cancel(),
          e ->
              LOG.warn(
                  "cancellation hook of {}, trace {}", method.spec().fullName(), traceId(), e));
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the updater knows only the raw class
  private static AtomicIntegerFieldUpdater<RunningCall<?, ?>> counter(String field) {
    return (AtomicIntegerFieldUpdater)
        AtomicIntegerFieldUpdater.newUpdater(RunningCall.class, field);
  }
}
