package dev.clearspan.console.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events waiting for one listener. A listener that does not keep up loses nothing but superseded
 * snapshots, until {@value #CAPACITY} events wait: then it is cut off and may come back.
 * Thread-safe.
 */
final class Outbox {
  static final int CAPACITY = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Event> waiting = new LinkedHashMap<>();
  private boolean closed;

  /** Adds an event; false when there is no room. */
  boolean offer(Event event) {
    lock.lock();
    try {
      if (!waiting.containsKey(event.slot()) && waiting.size() >= CAPACITY) {
        return false;
      }
      waiting.put(event.slot(), event);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next event; null when the box is closed. Waits as long as it takes. */
  @Nullable Event take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await(1, TimeUnit.SECONDS);
      }
      if (closed) {
        return null;
      }
      var first = waiting.entrySet().iterator();
      Event event = first.next().getValue();
      first.remove();
      return event;
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
