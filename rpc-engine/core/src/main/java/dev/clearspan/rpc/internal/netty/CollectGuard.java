package dev.clearspan.rpc.internal.netty;

/**
 * How often a client may ask for traces: a batch per 100 ms is what ours send, twice that in the
 * mean and a second's worth at once is what we listen to. Confined to its loop.
 */
final class CollectGuard {
  private static final double BATCHES_PER_SECOND = 20;

  private double tokens = BATCHES_PER_SECOND;
  private long seenNanos;

  CollectGuard(long nowNanos) {
    seenNanos = nowNanos;
  }

  /** Whether this batch is listened to; others are dropped. */
  boolean admits(long nowNanos) {
    double fresh = (nowNanos - seenNanos) / 1e9 * BATCHES_PER_SECOND;
    seenNanos = nowNanos;
    tokens = Math.min(BATCHES_PER_SECOND, tokens + fresh);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
