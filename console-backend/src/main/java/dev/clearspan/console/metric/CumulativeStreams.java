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
  private final Map<ProcessKey, Sender> senders = new HashMap<>();
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

  private static final class Sender {
    final Map<StreamKey, DurationPoint> last = new HashMap<>();
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
        StreamKey stream = new StreamKey(metric, List.copyOf(point.attributes()));
        Sender sender = senders.get(key);
        if (knownBefore == null) {
          knownBefore = sender != null;
        }
        DurationPoint last = sender == null ? null : sender.last.get(stream);
        if (last == null) {
          makeRoom();
          return point.with(begun(stream, point));
        }
        return point.with(grown(stream, last, point));
      } finally {
        lock.unlock();
      }
    }

    private LatencyHistogram begun(StreamKey stream, DurationPoint point) {
      remember(stream, point);
      streams++;
      boolean ours = Boolean.TRUE.equals(knownBefore) || point.startNanos() >= createdNanos;
      return ours ? point.durations() : LatencyHistogram.EMPTY;
    }

    private LatencyHistogram grown(StreamKey stream, DurationPoint last, DurationPoint point)
        throws UnusablePointException {
      if (point.endNanos() <= last.endNanos()) {
        throw new UnusablePointException(
            "a point older than the one before it (expected: growing time)");
      }
      remember(stream, point);
      return point.startNanos() == last.startNanos()
          ? point.durations().since(last.durations()).orElse(point.durations())
          : point.durations();
    }

    private void remember(StreamKey stream, DurationPoint point) {
      Sender sender = senders.computeIfAbsent(key, k -> new Sender());
      sender.seenMillis = nowMillis;
      sender.last.put(stream, point);
    }

    private void makeRoom() throws UnusablePointException {
      if (streams < maxStreams) {
        return;
      }
      senders.values().removeIf(sender -> sender.seenMillis < nowMillis - FORGET_MILLIS);
      streams = senders.values().stream().mapToInt(sender -> sender.last.size()).sum();
      if (streams >= maxStreams) {
        throw new UnusablePointException(
            "more than "
                + maxStreams
                + " cumulative streams (expected: fewer, or delta temporality)");
      }
    }
  }
}
