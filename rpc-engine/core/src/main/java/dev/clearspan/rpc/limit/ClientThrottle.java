package dev.clearspan.rpc.limit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Refuses by chance, at the client, calls that the server would refuse anyway: with the probability
 * (requests - ratio x accepted) / (requests + 1), after "Handling Overload" in Google's "Site
 * Reliability Engineering", chapter 21.
 *
 * <p>Two departures. It looks back 10 s and not two minutes: with two minutes a client goes on
 * refusing for half a minute after its server has recovered. And the first ten refusals are free,
 * so that a handful of calls decides nothing. Thread-safe.
 */
public final class ClientThrottle {
  /** How far it looks back. */
  public static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int BUCKETS = 10;
  private static final long BUCKET_NANOS = WINDOW_NANOS / BUCKETS;
  private static final int FREE = 10;

  private final RandomGenerator random;
  private final long[] requests = new long[BUCKETS]; // guarded by lock, as what follows
  private final long[] accepted = new long[BUCKETS];
  private final ReentrantLock lock = new ReentrantLock();
  private long newest;

  /** {@code now} is a moment of the clock by which all others are told. */
  public ClientThrottle(RandomGenerator random, long now) {
    this.random = random;
    this.newest = bucket(now);
  }

  /** Counts a call that is wished for; false: it should not be sent. */
  public boolean admits(double ratio, long now) {
    lock.lock();
    try {
      moveOn(now);
      double share = shareNow(ratio);
      requests[slot()]++;
      return share <= 0 || random.nextDouble() >= share;
    } finally {
      lock.unlock();
    }
  }

  /** A call that was sent was not refused. */
  public void accepted(long now) {
    lock.lock();
    try {
      moveOn(now);
      accepted[slot()]++;
    } finally {
      lock.unlock();
    }
  }

  /** The share of calls it refuses now, 0 to 1. */
  public double share(double ratio, long now) {
    lock.lock();
    try {
      moveOn(now);
      return shareNow(ratio);
    } finally {
      lock.unlock();
    }
  }

  private double shareNow(double ratio) {
    long wished = sum(requests);
    return Math.max(0, (wished - ratio * sum(accepted) - FREE) / (wished + 1));
  }

  private void moveOn(long now) {
    long bucket = bucket(now);
    newest = Math.max(newest, bucket - BUCKETS);
    while (newest < bucket) {
      newest++;
      requests[slot()] = 0;
      accepted[slot()] = 0;
    }
  }

  private int slot() {
    return (int) Math.floorMod(newest, (long) BUCKETS);
  }

  private static long bucket(long now) {
    return Math.floorDiv(now, BUCKET_NANOS);
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
