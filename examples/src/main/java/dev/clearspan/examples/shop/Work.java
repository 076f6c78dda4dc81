package dev.clearspan.examples.shop;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that a real service would spend on its database or its bank: mostly near the lower bound,
 * sometimes near the upper.
 *
 * @param minMicros at least
 * @param maxMicros at most
 */
record Work(int minMicros, int maxMicros) {
  /** Takes its time on the current thread. */
  void perform() {
    double skew = Math.pow(ThreadLocalRandom.current().nextDouble(), 3);
    long micros = minMicros + (long) (skew * (maxMicros - minMicros));
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
  }
}
