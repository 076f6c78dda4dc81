package dev.clearspan.etcd;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes ids that sort by time: 48 bits of milliseconds and 80 random bits in 26 characters of
 * Crockford's base 32 (the ULID specification, monotonic variant: within a millisecond, and when
 * the clock steps back, the random part counts up). Thread-safe.
 */
final class Ulid {
  private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int RANDOM_HALF_BITS = 40;
  private static final long RANDOM_HALF_MASK = (1L << RANDOM_HALF_BITS) - 1;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private long millis = -1;
  private long high;
  private long low;

  Ulid(Clock clock) {
    this.clock = clock;
  }

  String next() {
    lock.lock();
    try {
      long now = clock.millis();
      if (now > millis) {
        millis = now;
        high = random.nextLong() & RANDOM_HALF_MASK;
        low = random.nextLong() & RANDOM_HALF_MASK;
      } else {
        countUp();
      }
      char[] text = new char[26];
      encode(millis, text, 0, 10);
      encode(high, text, 10, 8);
      encode(low, text, 18, 8);
      return new String(text);
    } finally {
      lock.unlock();
    }
  }

  private void countUp() {
    low = (low + 1) & RANDOM_HALF_MASK;
    if (low == 0) {
      high = (high + 1) & RANDOM_HALF_MASK;
      if (high == 0) {
        millis++;
      }
    }
  }

  private static void encode(long value, char[] into, int from, int digits) {
    long rest = value;
    for (int i = from + digits - 1; i >= from; i--) {
      into[i] = ALPHABET[(int) (rest & 31)];
      rest >>>= 5;
    }
  }
}
