package dev.clearspan.rpc.client;

import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcException.CallSite;
import dev.clearspan.rpc.RpcException.Origin;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.pipeline.InterceptorRun;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call on a channel with interceptors: runs the chain, whose last link is the {@link UnaryCall},
 * and tells ledger and caller what came out of it. The future is the caller's.
 */
final class InterceptedCall<Q, R> extends OpenCall<R> implements CallRecord {
  /** Time that stages have to pass on the end of an attempt which the deadline ended. */
  private static final long RETURN_NANOS = 20_000_000;

  private final ChannelCore core;
  private final CallSpec<Q, R> spec;
  private final @Nullable ReplyMetadata replyMetadata;
  private final CallLedger.ClientCall ledger;
  private final long startNanos;
  private final InterceptorRun<Q, R> stages;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Scheduled timer;
  private volatile @Nullable UnaryCall<Q, R> inner;
  // Written by the one that ends the call.
  private Status status = Status.OK;
  private @Nullable String errorType;
  private long endNanos;

  InterceptedCall(
      ChannelCore core,
      CallSpec<Q, R> spec,
      @Nullable ReplyMetadata replyMetadata,
      CallLedger.ClientCall ledger,
      long startNanos) {
    this.core = core;
    this.spec = spec;
    this.replyMetadata = replyMetadata;
    this.ledger = ledger;
    this.startNanos = startNanos;
    this.stages = new InterceptorRun<>(core.settings().interceptors(), this::send, this::failedAt);
  }

  void start(Q request) {
    long left = spec.deadline().remainingNanos(core.ticker().nanos());
    timer = core.timers().schedule(this::expire, left);
    stages.start(spec, request).whenComplete(this::chainEnded);
  }

  /** Stops the attempt under way; without one, ends the call here and now. */
  @Override
  public void halt(Failure reason) {
    UnaryCall<Q, R> current = inner;
    if (current != null && !current.isDone()) {
      current.halt(reason);
    } else {
      fail(reason.at(site(reason.stage())), reason.errorType());
    }
  }

  /** Once it has been sent, its end comes from there: the stages get the time to pass it on. */
  private void expire() {
    if (inner == null) {
      overdue();
    } else {
      timer = core.timers().schedule(this::overdue, RETURN_NANOS);
    }
  }

  /** Ends the call in the name of the stage that has it; looks again until the call is over. */
  private void overdue() {
    InterceptorRun.Holder holder = stages.holder();
    if (holder != null && !ended.get()) {
      String text = "deadline passed in interceptor " + holder.stage() + ", which " + holder.sin();
      halt(Failure.local(Status.Code.DEADLINE_EXCEEDED, text, holder.stage()));
    }
    if (!ended.get()) {
      timer = core.timers().schedule(this::overdue, RETURN_NANOS);
    }
  }

  private RpcException failedAt(String stage, RpcException failure) {
    return failure.site() != null
        ? failure
        : new RpcException(
            failure.status(), failure.metadata(), failure.origin(), site(stage), failure);
  }

  private CompletionStage<R> send(CallSpec<Q, R> call, Q request) {
    UnaryCall<Q, R> last =
        new UnaryCall<>(
            core,
            call.method(),
            request,
            call.metadata(),
            call.criticality(),
            replyMetadata,
            ledger,
            startNanos,
            Completion.INTERCEPTORS);
    if (spec.attempt() > 1) {
      last.forRepeated();
    }
    inner = last;
    if (ended.get()) {
      last.cancel(true);
    }
    last.start(call.deadline().min(spec.deadline()).atNanos());
    return last;
  }

  private void chainEnded(@Nullable R reply, @Nullable Throwable failure) {
    if (failure == null) {
      succeed(reply);
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    RpcException error = coerced(cause);
    fail(error, finerWord(error));
  }

  private RpcException coerced(Throwable cause) {
    if (cause instanceof RpcException e) {
      return failedAt(Pipeline.INTERCEPTORS, e);
    }
    return new RpcException(
        Status.of(Status.Code.INTERNAL, "interceptors failed with " + cause),
        Metadata.EMPTY,
        Origin.LOCAL,
        site(Pipeline.INTERCEPTORS),
        cause);
  }

  private String finerWord(RpcException error) {
    UnaryCall<Q, R> current = inner;
    String finer = current != null && current.ended(error) ? current.errorType() : null;
    return finer != null ? finer : error.code().name();
  }

  private void succeed(@Nullable R reply) {
    UnaryCall<Q, R> current = inner;
    boolean told =
        current != null && current.fellBack()
            ? tellLedger(current.status(), current.errorType())
            : tellLedger(Status.OK, null);
    if (told) {
      complete(reply);
    }
  }

  private void fail(RpcException error, String errorType) {
    if (tellLedger(error.status(), errorType)) {
      completeExceptionally(error);
    }
  }

  private boolean tellLedger(Status result, @Nullable String finer) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    Scheduled current = timer;
    if (current != null) {
      current.cancel();
    }
    core.counters().active.decrement();
    status = result;
    errorType = finer;
    endNanos = core.ticker().nanos();
    UnaryCall<Q, R> last = inner;
    if (last != null && last.isRacing()) {
      last.whenQuiet(() -> ledger.end(this));
    } else {
      ledger.end(this);
    }
    return true;
  }

  @Override
  public Status status() {
    return status;
  }

  @Override
  public @Nullable String errorType() {
    return errorType;
  }

  @Override
  public int attempts() {
    UnaryCall<Q, R> current = inner;
    return current == null ? 0 : current.attempts();
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long endNanos() {
    return endNanos;
  }

  @Override
  CallSite site(String stage) {
    UnaryCall<Q, R> current = inner;
    return current != null
        ? current.site(stage)
        : new CallSite(
            spec.method().fullName(),
            "none",
            0,
            stage,
            Duration.ofNanos(core.ticker().nanos() - startNanos),
            spec.traceId());
  }
}
