package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that waits for room: remembers what it is told, and does it when it is opened. Until
 * then it is ready for a few messages. Thread-safe.
 */
final class WaitingStream<Q, R> implements WaitingCall, StreamSender<Q> {
  private static final int MOST_REMEMBERED = 1024;
  private static final int READY_FOR = 4;

  private final StreamRequest<Q, R> request;
  private final StreamAttemptListener<R> listener;
  private final WaitingRoom room;
  private final int mostMessageBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Consumer<StreamSender<Q>>> remembered = new ArrayDeque<>(); // by lock
  private boolean left; // guarded by lock
  private volatile boolean finished;
  private volatile boolean saidNotReady;
  private volatile @Nullable StreamSender<Q> opened; // written under lock, with nothing remembered

  WaitingStream(
      StreamRequest<Q, R> request,
      StreamAttemptListener<R> listener,
      WaitingRoom room,
      int mostMessageBytes) {
    this.request = request;
    this.listener = listener;
    this.room = room;
    this.mostMessageBytes = mostMessageBytes;
  }

  @Override
  public void send(Q message) {
    if (finished) {
      throw new IllegalStateException(
          request.method().fullName() + ": a message after finish (expected: none)");
    }
    int unused =
        MessageFrame.sizeOf(
            request.method().requestCodec(),
            message,
            mostMessageBytes,
            request.method().fullName());
    tell(stream -> stream.send(message));
  }

  @Override
  public boolean isReady() {
    StreamSender<Q> stream = opened;
    return stream == null ? hasRoom() : stream.isReady();
  }

  private boolean hasRoom() {
    lock.lock();
    try {
      boolean few = !finished && remembered.size() < READY_FOR;
      saidNotReady |= !few;
      return few;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void finish() {
    finished = true;
    tell(StreamSender::finish);
  }

  @Override
  public void request(int messages) {
    tell(stream -> stream.request(messages));
  }

  @Override
  public void cancel(String reason) {
    if (leave()) {
      room.forget(this);
      Status status = Status.of(Status.Code.CANCELLED, reason);
      listener.ended(new AttemptResult.Cancelled<>(status, 0));
    } else {
      tell(stream -> stream.cancel(reason));
    }
  }

  @Override
  public void notSent(Status status) {
    if (leave()) {
      listener.ended(new AttemptResult.NotSent<>(status));
    }
  }

  @Override
  public void sendOn(GroupMember member) {
    if (!leave()) {
      member.occupancy.leave();
      return;
    }
    StreamSender<Q> stream = member.open(request, listener);
    Consumer<StreamSender<Q>> next = nextFor(stream);
    while (next != null) {
      catchUp(stream, next);
      next = nextFor(stream);
    }
    if (saidNotReady && stream.isReady()) {
      member.loop().execute(listener::ready);
    }
  }

  private static <Q> void catchUp(StreamSender<Q> stream, Consumer<StreamSender<Q>> told) {
    try {
      told.accept(stream);
    } catch (RpcException e) {
      stream.cancel(e.status().message());
    }
  }

  /** What was told next; or null, and then everything further goes to the stream itself. */
  private @Nullable Consumer<StreamSender<Q>> nextFor(StreamSender<Q> stream) {
    lock.lock();
    try {
      Consumer<StreamSender<Q>> next = remembered.poll();
      if (next == null) {
        opened = stream;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private boolean leave() {
    lock.lock();
    try {
      boolean first = !left;
      left = true;
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void tell(Consumer<StreamSender<Q>> what) {
    StreamSender<Q> stream = opened;
    if (stream == null && remember(what)) {
      return;
    }
    stream = opened;
    if (stream != null) {
      what.accept(stream);
    }
  }

  /** False: the stream has been opened meanwhile. */
  private boolean remember(Consumer<StreamSender<Q>> what) {
    lock.lock();
    try {
      if (opened != null) {
        return false;
      }
      if (remembered.size() >= MOST_REMEMBERED) {
        throw new RpcException(
            Status.Code.RESOURCE_EXHAUSTED,
            "messages of %s while it waits for room: %d (expected: to wait until it is ready)"
                .formatted(request.method().fullName(), MOST_REMEMBERED));
      }
      remembered.add(what);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
