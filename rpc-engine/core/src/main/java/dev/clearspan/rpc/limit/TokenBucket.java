package dev.clearspan.rpc.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of tokens that fills at a steady rate, kept as one number: when the bucket will be full
 * (the generic cell rate algorithm of ITU-T I.371). Thread-safe, lock-free.
 */
final class TokenBucket {
  private final long intervalNanos;
  private final long capacityNanos;
  private final AtomicLong fullAt;

  /** A full bucket of {@code burst} tokens that gets {@code rate} a second. */
  TokenBucket(double rate, int burst, long now) {
    this.intervalNanos = Math.max(1, Math.round(1e9 / rate));
    this.capacityNanos = intervalNanos * burst;
    this.fullAt = new AtomicLong(now);
  }

  /** Takes a token and returns 0, or the nanoseconds until there is one. */
  long take(long now) {
    while (true) {
      long before = fullAt.get();
      long after = (before - now < 0 ? now : before) + intervalNanos;
      long missing = after - now - capacityNanos;
      if (missing > 0) {
        return missing;
      }
      if (fullAt.compareAndSet(before, after)) {
        return 0;
      }
    }
  }

  /** The call it was taken for is not made. */
  void giveBack() {
    fullAt.addAndGet(-intervalNanos);
  }
}
