package dev.clearspan.console.recorder;

import dev.clearspan.console.trace.TraceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ranges in which processes shed traces, newest last; the oldest goes when there is no room.
 * Thread-safe.
 */
final class ShedTable {
  static final int CAPACITY = 20_000;

  /** Reports come every second or so: ranges this close are one. */
  private static final long GAP_MILLIS = 5_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final LinkedHashMap<Long, ShedRange> ranges = new LinkedHashMap<>(); // guarded by lock
  private final Map<Step, Long> newest = new HashMap<>(); // guarded by lock
  private long next; // guarded by lock
  private long version; // guarded by lock

  /** A process' threshold goes up and down in steps, and the ranges of each step are joined. */
  private record Step(String process, int threshold) {
    static Step of(ShedRange range) {
      return new Step(range.process(), range.threshold());
    }
  }

  /**
   * Adds a range; it lengthens the newest one of its process and threshold if it continues that.
   */
  void add(ShedRange range) {
    lock.lock();
    try {
      version++;
      Long number = newest.get(Step.of(range));
      ShedRange last = number == null ? null : ranges.get(number);
      if (number != null && last != null && range.continues(last, GAP_MILLIS)) {
        ranges.put(number, last.with(range));
        return;
      }
      ranges.put(next, range);
      newest.put(Step.of(range), next++);
      if (ranges.size() > CAPACITY) {
        remove(ranges.entrySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ranges in which this trace would have been shed, oldest first. */
  List<ShedRange> excluding(TraceId id) {
    return all().stream().filter(range -> range.excludes(id)).toList();
  }

  List<ShedRange> all() {
    lock.lock();
    try {
      return List.copyOf(ranges.values());
    } finally {
      lock.unlock();
    }
  }

  /** Forgets ranges that ended before a moment. */
  void dropBefore(Instant oldest) {
    lock.lock();
    try {
      for (Map.Entry<Long, ShedRange> entry : new ArrayList<>(ranges.entrySet())) {
        if (entry.getValue().to().isBefore(oldest)) {
          remove(entry);
          version++;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Grows with every change. */
  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Map.Entry<Long, ShedRange> entry) {
    ranges.remove(entry.getKey());
    newest.remove(Step.of(entry.getValue()), entry.getKey());
  }
}
