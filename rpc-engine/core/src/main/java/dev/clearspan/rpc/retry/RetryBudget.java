package dev.clearspan.rpc.retry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps retries from multiplying the load on a target in trouble: a bucket of tokens, a failure
 * takes one, a success gives 0.1 back, and retries are allowed while more than half are left. So
 * retries stay below 1.1 times the calls plus half the bucket. After gRPC's retry throttling
 * (proposal A6). Thread-safe, lock-free.
 */
public final class RetryBudget {
  private static final long TOKEN = 1_000;
  private static final long GAIN = TOKEN / 10;

  private final long max;
  private final AtomicLong left;

  /** A full bucket of this many tokens. */
  public RetryBudget(double tokens) {
    this.max = Math.round(tokens * TOKEN);
    this.left = new AtomicLong(max);
  }

  /** Takes a token for a failed attempt; true: it may be retried. */
  public boolean failed() {
    long now = left.accumulateAndGet(TOKEN, (have, take) -> Math.max(0, have - take));
    return now > max / 2;
  }

  /** Takes a token for an attempt before any has failed, a hedge; false: too few are left. */
  public boolean take() {
    long have = left.get();
    while (have - TOKEN > max / 2) {
      if (left.compareAndSet(have, have - TOKEN)) {
        return true;
      }
      have = left.get();
    }
    return false;
  }

  /** Gives the token back that was taken for an attempt which was not made then. */
  public void giveBack() {
    add(TOKEN);
  }

  /** Gives a tenth of a token back. */
  public void succeeded() {
    // A full bucket is the usual case: read it before writing.
    if (left.get() < max) {
      add(GAIN);
    }
  }

  private void add(long tokens) {
    left.accumulateAndGet(tokens, (have, gain) -> Math.min(max, have + gain));
  }

  public double tokens() {
    return (double) left.get() / TOKEN;
  }

  public double maxTokens() {
    return (double) max / TOKEN;
  }
}
