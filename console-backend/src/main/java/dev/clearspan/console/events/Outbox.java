package dev.clearspan.console.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames waiting for one listener, in the order in which they came. A listener that does not keep
 * up loses nothing but superseded states, until {@value #CAPACITY} frames or {@value #MAX_BYTES}
 * bytes wait: then it is cut off and may come back. Thread-safe.
 */
final class Outbox {
  static final int CAPACITY = 256;
  static final int MAX_BYTES = 32 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Frame> waiting = new LinkedHashMap<>();
  private long bytes;
  private boolean closed;

  /** Adds a frame; false when there is no room. A single frame always finds room. */
  boolean offer(Frame frame) {
    lock.lock();
    try {
      Frame superseded = waiting.remove(frame.slot());
      bytes -= superseded == null ? 0 : superseded.bytes().length;
      boolean full = waiting.size() >= CAPACITY || bytes + (long) frame.bytes().length > MAX_BYTES;
      if (full && !waiting.isEmpty()) {
        return false;
      }
      waiting.put(frame.slot(), frame);
      bytes += frame.bytes().length;
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next frame; null when the box is closed. Waits as long as it takes. */
  @Nullable Frame take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await(1, TimeUnit.SECONDS);
      }
      if (closed) {
        return null;
      }
      var first = waiting.entrySet().iterator();
      Frame frame = first.next().getValue();
      first.remove();
      bytes -= frame.bytes().length;
      return frame;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
