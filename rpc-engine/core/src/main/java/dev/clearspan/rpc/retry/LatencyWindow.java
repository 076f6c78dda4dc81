package dev.clearspan.rpc.retry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long the attempts of one method took in the last {@value #SPAN_SECONDS} to twice as many
 * seconds, in buckets of 9% width. Thread-safe; a lock is taken at the turn of a span only, and two
 * samples that race there may count in either.
 */
public final class LatencyWindow {
  /** With fewer samples there is no percentile. */
  public static final int FEWEST = 20;

  static final int SPAN_SECONDS = 10;
  private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(SPAN_SECONDS);
  private static final int PER_OCTAVE = 8;
  private static final int FIRST_OCTAVE = 10; // about 1 us
  private static final int BUCKETS = (37 - FIRST_OCTAVE) * PER_OCTAVE; // to about 2 min

  private final ReentrantLock turning = new ReentrantLock();
  private volatile Spans spans; // replaced under the lock

  private record Spans(long since, AtomicIntegerArray now, AtomicIntegerArray before) {}

  /** An empty window that begins now. */
  public LatencyWindow(long nowNanos) {
    spans = new Spans(nowNanos, empty(), empty());
  }

  /** An attempt took this long. */
  public void record(long tookNanos, long nowNanos) {
    at(nowNanos).now.incrementAndGet(bucket(tookNanos));
  }

  /** Nanoseconds within which this percentage of attempts ended; -1: too few are known. */
  public long percentile(double percent, long nowNanos) {
    Spans current = at(nowNanos);
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += current.now.get(i) + current.before.get(i);
    }
    return all < FEWEST ? -1 : upTo(current, (long) Math.ceil(all * percent / 100));
  }

  private static long upTo(Spans of, long rank) {
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += of.now.get(i) + of.before.get(i);
      if (seen >= rank) {
        return upperBound(i);
      }
    }
    return upperBound(BUCKETS - 1);
  }

  private Spans at(long nowNanos) {
    Spans current = spans;
    return nowNanos - current.since < SPAN_NANOS ? current : turned(nowNanos);
  }

  private Spans turned(long nowNanos) {
    turning.lock();
    try {
      Spans current = spans;
      long age = nowNanos - current.since;
      if (age >= SPAN_NANOS) {
        AtomicIntegerArray before = age < 2 * SPAN_NANOS ? current.now : empty();
        spans = new Spans(nowNanos, empty(), before);
      }
      return spans;
    } finally {
      turning.unlock();
    }
  }

  private static int bucket(long nanos) {
    int octave = 63 - Long.numberOfLeadingZeros(Math.max(1L << FIRST_OCTAVE, nanos));
    int part = (int) (nanos >> (octave - 3)) & (PER_OCTAVE - 1);
    int bucket = (octave - FIRST_OCTAVE) * PER_OCTAVE + (nanos < 1L << FIRST_OCTAVE ? 0 : part);
    return Math.min(BUCKETS - 1, bucket);
  }

  private static long upperBound(int bucket) {
    int octave = FIRST_OCTAVE + bucket / PER_OCTAVE;
    return (1L << octave) + (bucket % PER_OCTAVE + 1L) * (1L << (octave - 3));
  }

  private static AtomicIntegerArray empty() {
    return new AtomicIntegerArray(BUCKETS);
  }
}
