package dev.clearspan.rpc.retry;

import java.util.random.RandomGenerator;

/**
 * Spaces retries: exponential with full jitter, as in Brooker, "Exponential Backoff And Jitter"
 * (AWS, 2015).
 */
public final class Backoff {
  private Backoff() {}

  /**
   * Nanoseconds to wait, anywhere between 0 and the bound of this retry.
   *
   * @param retry 1 for the first retry
   */
  public static long nanos(RetrySettings settings, int retry, RandomGenerator random) {
    long initial = settings.initialBackoff().toNanos();
    long max = settings.maxBackoff().toNanos();
    int doublings = Math.min(retry - 1, 30);
    long bound = initial > max >> doublings ? max : initial << doublings;
    return random.nextLong(bound + 1);
  }
}
