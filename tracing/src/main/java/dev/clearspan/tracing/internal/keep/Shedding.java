package dev.clearspan.tracing.internal.keep;

import dev.clearspan.rpc.ledger.TraceHash;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Bounds what is kept in a storm of failures: above the limit only traces that hash below a
 * threshold are kept, and because all processes hash alike, they keep the same ones. The threshold
 * falls by halves as far as the rate demands, and doubles again when a second went by with less
 * than half the limit.
 *
 * <p>Traces chosen at their root don't count, their rate was set by somebody; but when the way out
 * is nearly full, the threshold falls for all. Every range of time with a threshold is written
 * down.
 *
 * <p>{@link #sheds} and {@link #keptOne} are called by any thread, {@link #look} by the recorder's.
 */
public final class Shedding {
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PRESSED_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final double CALM_SHARE = 0.45;

  private final int limit;
  private final LongSupplier shedTraces;
  private final AtomicLong kept = new AtomicLong();
  private final AtomicLongArray shedAt =
      new AtomicLongArray(Integer.numberOfTrailingZeros(TraceHash.END) + 1);
  private volatile int threshold = TraceHash.END;
  private double tokens;
  private long seen;
  private long lookedNanos;
  private long changedNanos;
  private long keptAtChange;
  private long shedSeen;

  /**
   * Nothing is shed at first.
   *
   * @param limit traces kept a second
   * @param shedTraces traces shed so far
   */
  public Shedding(int limit, LongSupplier shedTraces, long nowNanos) {
    this.limit = limit;
    this.shedTraces = shedTraces;
    this.tokens = limit;
    this.lookedNanos = nowNanos;
    this.changedNanos = nowNanos;
  }

  /** Whether a trace is among those that are not kept now. */
  public boolean sheds(long traceIdLow) {
    int now = threshold;
    return now < TraceHash.END && TraceHash.of(traceIdLow) >= now;
  }

  /** A trace is kept that was not before. */
  public void keptOne() {
    kept.incrementAndGet();
  }

  /** What is kept hashes below this. */
  public int threshold() {
    return threshold;
  }

  /**
   * Sets the threshold to what the rate demands.
   *
   * @param fullness of the way out, 0 to 1
   */
  void look(long nowNanos, double fullness) {
    count();
    long total = kept.get();
    double seconds = Math.max(1, nowNanos - lookedNanos) / 1e9;
    long fresh = total - seen;
    seen = total;
    lookedNanos = nowNanos;
    tokens = Math.min(limit, tokens + limit * seconds) - fresh;
    if (tokens < 0) {
      tokens = limit * 0.1;
      change(threshold >> halvings(fresh / seconds), nowNanos);
    } else if (fullness > 0.75 && nowNanos - changedNanos > PRESSED_NANOS) {
      change(threshold >> 1, nowNanos);
    } else if (threshold < TraceHash.END && isCalm(nowNanos, fullness)) {
      change(threshold << 1, nowNanos);
    }
  }

  /** Traces shed so far while the threshold was this. */
  public long shedAt(int thresholdThen) {
    return shedAt.get(Integer.numberOfTrailingZeros(thresholdThen));
  }

  private int halvings(double rate) {
    int halvings = 1;
    while (rate / (1 << halvings) > limit && halvings < Short.SIZE) {
      halvings++;
    }
    return halvings;
  }

  private boolean isCalm(long nowNanos, double fullness) {
    long since = nowNanos - changedNanos;
    return since > CALM_NANOS
        && fullness < 0.25
        && (seen - keptAtChange) / (since / 1e9) < limit * CALM_SHARE;
  }

  private void change(int wished, long nowNanos) {
    int next = Math.max(1, Math.min(TraceHash.END, wished));
    changedNanos = nowNanos;
    keptAtChange = seen;
    threshold = next;
  }

  /** Ascribes what was shed since the last look to the threshold of that time. */
  private void count() {
    long total = shedTraces.getAsLong();
    shedAt.addAndGet(Integer.numberOfTrailingZeros(threshold), total - shedSeen);
    shedSeen = total;
  }
}
