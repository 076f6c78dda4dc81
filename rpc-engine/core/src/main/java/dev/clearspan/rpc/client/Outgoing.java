package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a stream sends, on its way to the attempt under way. Until the server has been
 * heard of, it is kept as well, up to {@value #MOST_KEPT_BYTES} bytes, so that another attempt can
 * begin where this one did. Thread-safe.
 */
final class Outgoing<Q> {
  static final int MOST_KEPT_BYTES = 1024 * 1024;

  /** Of a call without an attempt: as much as a connection takes before it is not ready. */
  private static final int READY_BYTES = 64 * 1024;

  private final String method;
  private final Codec<Q> codec;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Q> kept = new ArrayList<>(1); // guarded by lock
  private long keptBytes; // guarded by lock
  private boolean lost; // what was sent is not here any more; guarded by lock
  private boolean heard; // guarded by lock
  private int requested; // guarded by lock
  private int attempt; // guarded by lock
  private @Nullable StreamSender<Q> current; // guarded by lock

  /** The attempt that no other will follow. */
  private volatile @Nullable StreamSender<Q> last;

  private volatile boolean finished;
  private volatile boolean over;

  Outgoing(String method, Codec<Q> codec) {
    this.method = method;
    this.codec = codec;
  }

  void send(Q message) {
    if (finished) {
      throw new IllegalStateException(method + " has been finished (expected: no more messages)");
    }
    StreamSender<Q> direct = last;
    if (direct != null) {
      direct.send(message);
      return;
    }
    lock.lock();
    try {
      if (!over) {
        sendAndKeep(message);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isReady() {
    StreamSender<Q> direct = last;
    if (direct != null) {
      return direct.isReady();
    }
    lock.lock();
    try {
      return current != null ? current.isReady() : !over && keptBytes < READY_BYTES;
    } finally {
      lock.unlock();
    }
  }

  void finish() {
    lock.lock();
    try {
      if (!finished) {
        finished = true;
        if (current != null) {
          current.finish();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void request(int messages) {
    lock.lock();
    try {
      requested = (int) Math.min(Integer.MAX_VALUE, (long) requested + messages);
      if (current != null) {
        current.request(messages);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends through this attempt from now on, beginning with all that was kept; an older one than the
   * last is ignored.
   *
   * @throws RpcException if a message cannot be sent to this peer
   */
  void begin(int number, StreamSender<Q> sender) {
    lock.lock();
    try {
      if (number < attempt || over) {
        return;
      }
      attempt = number;
      current = sender;
      kept.forEach(sender::send);
      if (requested > 0) {
        sender.request(requested);
      }
      if (finished) {
        sender.finish();
      }
      settleIfDue();
    } finally {
      lock.unlock();
    }
  }

  /** The server has said something: there will be no other attempt. */
  void heard() {
    if (last != null) {
      return;
    }
    lock.lock();
    try {
      heard = true;
      settleIfDue();
    } finally {
      lock.unlock();
    }
  }

  /** Whether another attempt can send all that this one did, to a server that has not spoken. */
  boolean isRepeatable() {
    lock.lock();
    try {
      return !heard && !lost;
    } finally {
      lock.unlock();
    }
  }

  /** The call has ended: what comes now is dropped. */
  void end() {
    lock.lock();
    try {
      over = true;
      kept.clear();
    } finally {
      lock.unlock();
    }
  }

  private void sendAndKeep(Q message) {
    int size = sizeOf(message);
    if (current != null) {
      current.send(message);
    } else if (keptBytes > MOST_KEPT_BYTES) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "%s: %d bytes queued without a connection (expected: <= %d; wait until it is ready)"
              .formatted(method, keptBytes, MOST_KEPT_BYTES));
    }
    keptBytes += size;
    kept.add(message);
    settleIfDue();
  }

  private void settleIfDue() {
    if (current != null && (heard || keptBytes > MOST_KEPT_BYTES)) {
      lost = true;
      kept.clear();
      last = current;
    }
  }

  private int sizeOf(Q message) {
    try {
      return codec.sizeOf(message);
    } catch (RuntimeException e) {
      throw new RpcException(
          Status.of(Status.Code.INTERNAL, "message of " + method + " cannot be encoded: " + e),
          dev.clearspan.rpc.Metadata.EMPTY,
          RpcException.Origin.LOCAL,
          null,
          e);
    }
  }
}
