package dev.clearspan.rpc.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint costs now: its latency as a peak EWMA, times the calls it has outstanding. Rises
 * with a slow reply at once, falls with a time constant of 10 s, also while unused, so that an
 * endpoint that was slow is tried again. After Finagle's {@code PeakEwma}. Thread-safe, lock-free.
 */
public final class LoadMeter {
  private static final double TAU_MILLIS = 10_000;

  /** Of an endpoint that has outstanding calls but no reply yet: one such call is enough. */
  private static final double UNKNOWN_COST = 1e12;

  /** Latency in nanoseconds as float bits (upper half), millisecond of the last sample (lower). */
  private final AtomicLong cell = new AtomicLong();

  private final AtomicInteger outstanding = new AtomicInteger();

  private final Supplier<@Nullable LoadReport> reports;

  /** Of an endpoint that reports nothing. */
  public LoadMeter() {
    this(() -> null);
  }

  /** {@code reports} tells what the endpoint said last of its load. */
  public LoadMeter(Supplier<@Nullable LoadReport> reports) {
    this.reports = reports;
  }

  /** What the endpoint said last of its load, and how long ago; null: nothing. */
  public @Nullable LoadReport report() {
    return reports.get();
  }

  /** A call goes out. */
  public void began() {
    outstanding.incrementAndGet();
  }

  /** A call is over, without a latency worth learning from. */
  public void ended() {
    outstanding.decrementAndGet();
  }

  /** A call is over. A failure may only worsen the estimate: failing fast is not being fast. */
  public void ended(long latencyNanos, boolean success, long nowNanos) {
    outstanding.decrementAndGet();
    observe(latencyNanos, success, nowNanos);
  }

  /**
   * Forgets its latency: the endpoint was lost and is connected again. What calls took that waited
   * for a dead connection says nothing of the new one, and would keep calls away for half a minute.
   */
  public void forget() {
    cell.set(0);
  }

  public int outstanding() {
    return outstanding.get();
  }

  /** Latency in nanoseconds; 0 unknown. */
  public double latencyNanos(long nowNanos) {
    return decayed(cell.get(), millis(nowNanos));
  }

  /**
   * What the next call costs; comparable between endpoints only.
   *
   * @param weight the endpoint's weight relative to the mean: with twice the weight, twice the
   *     calls outstanding are normal
   */
  public double cost(long nowNanos, double weight) {
    double calls = outstanding.get() / weight;
    double latency = latencyNanos(nowNanos);
    return latency == 0 && calls > 0 ? UNKNOWN_COST * calls : latency * (calls + 1);
  }

  private void observe(long latencyNanos, boolean success, long nowNanos) {
    int now = millis(nowNanos);
    while (true) {
      long before = cell.get();
      float known = latency(before);
      boolean peak = latencyNanos >= known;
      int age = now - (int) before;
      if (!peak && (!success || age <= 0)) {
        return;
      }
      float next = peak ? latencyNanos : average(known, latencyNanos, age);
      if (cell.compareAndSet(before, pack(next, now))) {
        return;
      }
    }
  }

  private static float average(float known, long latencyNanos, int ageMillis) {
    double weight = Math.exp(-ageMillis / TAU_MILLIS);
    return (float) (known * weight + latencyNanos * (1 - weight));
  }

  private static double decayed(long cell, int now) {
    int age = now - (int) cell;
    float known = latency(cell);
    return age <= 0 || known == 0 ? known : known * Math.exp(-age / TAU_MILLIS);
  }

  private static long pack(float latency, int millis) {
    return (long) Float.floatToRawIntBits(latency) << 32 | millis & 0xffffffffL;
  }

  private static float latency(long cell) {
    return Float.intBitsToFloat((int) (cell >>> 32));
  }

  /** Wraps after 49 days; only differences are used. */
  private static int millis(long nanos) {
    return (int) (nanos / 1_000_000);
  }
}
