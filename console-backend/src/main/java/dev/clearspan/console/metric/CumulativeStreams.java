package dev.clearspan.console.metric;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Turns ever-growing counts into what was added since the point before. A stream that starts anew
 * (later start time, or a count that shrank) counts whole. So does the first point of a stream, if
 * its process was known before or started after us: all it says happened under our eyes; else it is
 * only the base for the next, as it may tell of hours ago. Bounded: processes silent for 15 minutes
 * are forgotten, streams beyond the limit refused. Thread-safe.
 */
final class CumulativeStreams {
  private static final long FORGET_MILLIS = 15 * 60_000;

  private final long createdNanos;
  private final int maxStreams;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ProcessKey, Process> processes = new HashMap<>();
  private int streams;

  CumulativeStreams(long createdMillis, int maxStreams) {
    this.createdNanos = createdMillis * 1_000_000;
    this.maxStreams = maxStreams;
  }

  /** Opens one export of a process. */
  Export export(ProcessKey key, long nowMillis) {
    return new Export(key, nowMillis);
  }

  /** Which process a cumulative stream belongs to. */
  record ProcessKey(String service, String instance, String processId) {}

  private record StreamKey(String metric, List<KeyValue> attributes) {}

  private record Last(long startNanos, long endNanos, long[] counts) {}

  private static final class Process {
    final Map<StreamKey, Last> last = new HashMap<>();
    long seenMillis;
  }

  /** The points of one process in one request. */
  final class Export {
    private final ProcessKey key;
    private final long nowMillis;
    private @Nullable Boolean knownBefore;

    private Export(ProcessKey key, long nowMillis) {
      this.key = key;
      this.nowMillis = nowMillis;
    }

    /** What the point adds to the one before. */
    DurationPoint added(String metric, DurationPoint point) throws UnusablePointException {
      if (!point.cumulative()) {
        return point;
      }
      lock.lock();
      try {
        Process process = process();
        StreamKey stream = new StreamKey(metric, List.copyOf(point.attributes()));
        Last last = process.last.get(stream);
        if (last == null) {
          makeRoom();
        } else if (point.endNanos() <= last.endNanos) {
          throw new UnusablePointException(
              "a point older than the one before it (expected: growing time)");
        }
        streams += last == null ? 1 : 0;
        process.last.put(stream, new Last(point.startNanos(), point.endNanos(), point.counts()));
        return point.withCounts(last == null ? first(point) : since(last, point));
      } finally {
        lock.unlock();
      }
    }

    private Process process() {
      Process process = processes.get(key);
      if (knownBefore == null) {
        knownBefore = process != null;
      }
      if (process == null) {
        process = new Process();
        processes.put(key, process);
      }
      process.seenMillis = nowMillis;
      return process;
    }

    private long[] first(DurationPoint point) {
      boolean ours = Boolean.TRUE.equals(knownBefore) || point.startNanos() >= createdNanos;
      return ours ? point.counts() : new long[point.counts().length];
    }

    private void makeRoom() throws UnusablePointException {
      if (streams < maxStreams) {
        return;
      }
      processes.values().removeIf(process -> process.seenMillis < nowMillis - FORGET_MILLIS);
      streams = processes.values().stream().mapToInt(process -> process.last.size()).sum();
      if (streams >= maxStreams) {
        throw new UnusablePointException(
            "more than "
                + maxStreams
                + " cumulative streams (expected: fewer, or delta temporality)");
      }
    }
  }

  private static long[] since(Last last, DurationPoint point) {
    long[] added = point.counts().clone();
    if (point.startNanos() != last.startNanos) {
      return added;
    }
    for (int i = 0; i < added.length; i++) {
      added[i] -= last.counts[i];
      if (added[i] < 0) {
        return point.counts();
      }
    }
    return added;
  }
}
