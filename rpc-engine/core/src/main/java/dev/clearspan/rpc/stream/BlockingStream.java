package dev.clearspan.rpc.stream;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream for code that waits, on either side: a {@link StreamSender} and what is heard in reply.
 * Asks for at most {@value #AHEAD} messages beyond those taken, so no more than that wait here;
 * everything else waits at the peer. A thread that is interrupted while it waits ends the call with
 * CANCELLED and keeps its interrupt flag.
 */
public final class BlockingStream<S, R> implements RpcStream<S, R>, StreamReceiver<R> {
  /** Messages asked for before they are needed. */
  static final int AHEAD = 4;

  private static final int REFILL = AHEAD / 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private final Condition writable = lock.newCondition();
  private final Deque<R> received = new ArrayDeque<>(AHEAD); // guarded by lock
  private boolean peerFinished; // guarded by lock
  private @Nullable RpcException failure; // guarded by lock
  private volatile boolean over;
  private int taken; // the receiving thread's
  private volatile @Nullable StreamSender<S> sender;

  /** Gives the stream its sending half, once, before its first use. */
  public BlockingStream<S, R> on(StreamSender<S> value) {
    sender = value;
    value.request(AHEAD);
    return this;
  }

  @Override
  public void send(S message) {
    StreamSender<S> to = sender();
    if (over || !to.isReady()) {
      awaitReady(to);
    }
    to.send(message);
  }

  @Override
  public void finish() {
    sender().finish();
  }

  @Override
  public @Nullable R receive() {
    R message = awaitMessage();
    if (message != null && ++taken == REFILL) {
      taken = 0;
      sender().request(REFILL);
    }
    return message;
  }

  @Override
  public void close() {
    if (!over) {
      sender().cancel("stream closed");
    }
  }

  @Override
  public void message(R message) {
    lock.lock();
    try {
      received.add(message);
      heard.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void finished() {
    lock.lock();
    try {
      peerFinished = true;
      heard.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ready() {
    lock.lock();
    try {
      writable.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(@Nullable RpcException why, Metadata trailers) {
    lock.lock();
    try {
      failure = why;
      peerFinished = true;
      over = true;
      heard.signalAll();
      writable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitReady(StreamSender<S> to) {
    try {
      lock.lockInterruptibly();
      try {
        while (!over && !to.isReady()) {
          writable.await();
        }
        throwIfOver();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      throw interrupted("sending", e);
    }
  }

  private @Nullable R awaitMessage() {
    try {
      lock.lockInterruptibly();
      try {
        while (received.isEmpty() && !peerFinished) {
          heard.await();
        }
        R message = received.poll();
        if (message == null) {
          throwIfFailed();
        }
        return message;
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      throw interrupted("receiving", e);
    }
  }

  /** Ends the call; if it has ended, that was what the thread was interrupted for. */
  private RpcException interrupted(String doing, InterruptedException cause) {
    Thread.currentThread().interrupt();
    String text = "interrupted while " + doing;
    sender().cancel(text);
    lock.lock();
    try {
      throwIfFailed();
    } finally {
      lock.unlock();
    }
    return new RpcException(
        Status.of(Status.Code.CANCELLED, text),
        Metadata.EMPTY,
        RpcException.Origin.LOCAL,
        null,
        cause);
  }

  private void throwIfOver() {
    throwIfFailed();
    if (over) {
      throw new RpcException(
          Status.Code.CANCELLED, "the call has ended with OK (expected: no further messages)");
    }
  }

  /** The failure with the waiting caller's stack trace, which is the one its reader needs. */
  private void throwIfFailed() {
    RpcException why = failure;
    if (why != null) {
      throw new RpcException(why.status(), why.metadata(), why.origin(), why.site(), why);
    }
  }

  private StreamSender<S> sender() {
    StreamSender<S> present = sender;
    if (present == null) {
      throw new IllegalStateException("the stream is not open yet");
    }
    return present;
  }
}
