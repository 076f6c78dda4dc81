package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.EndpointConnection.AttemptListener;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A unary attempt that waits for room. Thread-safe. */
final class WaitingAttempt<Q, R> implements WaitingCall, SentAttempt {
  private final AttemptRequest<Q, R> request;
  private final AttemptListener<R> listener;
  private final WaitingRoom room;
  private final AtomicBoolean left = new AtomicBoolean();
  private volatile @Nullable SentAttempt sent;
  private volatile boolean cancelled;

  WaitingAttempt(AttemptRequest<Q, R> request, AttemptListener<R> listener, WaitingRoom room) {
    this.request = request;
    this.listener = listener;
    this.room = room;
  }

  @Override
  public void sendOn(GroupMember member) {
    if (!left.compareAndSet(false, true)) {
      member.occupancy.leave();
      return;
    }
    try {
      SentAttempt now = member.send(request, listener);
      sent = now;
      if (cancelled) {
        now.cancel();
      }
    } catch (RuntimeException e) {
      Status status =
          e instanceof RpcException told
              ? told.status()
              : Status.of(Status.Code.INTERNAL, "request cannot be encoded: " + e);
      listener.ended(new AttemptResult.Cancelled<>(status, 0));
    }
  }

  @Override
  public void notSent(Status status) {
    if (left.compareAndSet(false, true)) {
      listener.ended(new AttemptResult.NotSent<>(status));
    }
  }

  @Override
  public void cancel() {
    if (left.compareAndSet(false, true)) {
      room.forget(this);
      Status status = Status.of(Status.Code.CANCELLED, "given up by the caller");
      listener.ended(new AttemptResult.Cancelled<>(status, 0));
      return;
    }
    cancelled = true;
    SentAttempt current = sent;
    if (current != null) {
      current.cancel();
    }
  }
}
