package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An attempt on its way, as its client sees it. Ends exactly once. Thread-safe. */
abstract class OpenAttempt<R> {
  final MethodSpec<?, R> method;
  private final Consumer<OpenAttempt<?>> onEnd;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable CallInProgress<?> served;
  private volatile @Nullable Scheduled timer;

  OpenAttempt(MethodSpec<?, R> method, Consumer<OpenAttempt<?>> onEnd) {
    this.method = method;
    this.onEnd = onEnd;
  }

  /** Tells the client's listener. */
  abstract void tellEnd(AttemptResult<R> result);

  /** Bytes of encoded requests so far. */
  abstract int requestBytes();

  /** The server has taken the call, which expires by this timer. */
  final void servedBy(CallInProgress<?> call, Scheduled expiry) {
    served = call;
    timer = expiry;
    if (over.get()) {
      expiry.cancel();
      release();
    }
  }

  final void end(AttemptResult<R> result) {
    if (over.compareAndSet(false, true)) {
      onEnd.accept(this);
      Scheduled expiry = timer;
      if (expiry != null) {
        expiry.cancel();
      }
      tellEnd(result);
    }
  }

  final void refused(Status status, Metadata metadata) {
    end(new AttemptResult.Refused<>(status, metadata, requestBytes()));
  }

  final void giveUp(String reason) {
    end(new AttemptResult.Cancelled<>(Status.of(Status.Code.CANCELLED, reason), requestBytes()));
    release();
  }

  final void lost() {
    Status status = Status.of(Status.Code.UNAVAILABLE, "in-process connection closed");
    end(new AttemptResult.Unknown<>(status, requestBytes()));
    release();
  }

  final boolean isOver() {
    return over.get();
  }

  final void release() {
    CallInProgress<?> call = served;
    if (call != null) {
      call.cancel();
    }
  }
}
