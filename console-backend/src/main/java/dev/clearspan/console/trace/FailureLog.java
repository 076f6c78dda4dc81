package dev.clearspan.console.trace;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The newest failed calls, in memory. Thread-safe. */
final class FailureLog {
  private static final Comparator<Failure> NEWEST_FIRST =
      Comparator.comparing(Failure::at).reversed();

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Failure> failures = new ArrayDeque<>();

  FailureLog(int capacity) {
    this.capacity = capacity;
  }

  static Failure failure(TraceId id, ReadSpan span) {
    return new Failure(
        id.toString(),
        Instant.ofEpochSecond(span.endMicros() / 1_000_000, span.endMicros() % 1_000_000 * 1000),
        span.caller(),
        span.target(),
        span.method(),
        span.code(),
        span.message(),
        span.durationMicros() / 1000.0);
  }

  int capacity() {
    return capacity;
  }

  void add(List<Failure> newest) {
    lock.lock();
    try {
      for (Failure failure : newest) {
        failures.addLast(failure);
        if (failures.size() > capacity) {
          failures.removeFirst();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  List<Failure> newest(int limit) {
    List<Failure> sorted;
    lock.lock();
    try {
      sorted = new ArrayList<>(failures);
    } finally {
      lock.unlock();
    }
    sorted.sort(NEWEST_FIRST);
    return List.copyOf(sorted.subList(0, Math.min(Math.max(0, limit), sorted.size())));
  }
}
