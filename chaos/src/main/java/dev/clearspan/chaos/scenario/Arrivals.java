package dev.clearspan.chaos.scenario;

import dev.clearspan.rpc.control.ServiceRules;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When changes were sent, and when they were heard. Each is told from the others by the deadline it
 * sets: its number + 1 seconds. Thread-safe.
 */
final class Arrivals {
  private final int warmUp;
  private final int listeners;
  private final AtomicLongArray sent;
  private final AtomicIntegerArray heard;
  private final Queue<Long> millis = new ConcurrentLinkedQueue<>();

  /**
   * Nothing sent yet.
   *
   * @param changes numbered from 0 on
   * @param warmUp how many of them, the first, are not measured
   */
  Arrivals(int changes, int warmUp, int listeners) {
    this.warmUp = warmUp;
    this.listeners = listeners;
    sent = new AtomicLongArray(changes);
    heard = new AtomicIntegerArray(changes);
  }

  void sent(int number, long nanos) {
    sent.set(number, nanos);
  }

  void heard(ServiceRules rules) {
    long now = System.nanoTime();
    int number = (int) rules.policy().getService().getDeadline().getTimeout().getSeconds() - 1;
    if (number < 0) {
      return;
    }
    heard.incrementAndGet(number);
    if (number >= warmUp) {
      millis.add((now - sent.get(number)) / 1_000_000);
    }
  }

  /** How many have not heard of a change yet. */
  int missing(int number) {
    return listeners - heard.get(number);
  }

  long count() {
    return millis.size();
  }

  /** Of the milliseconds from sending to hearing. */
  long percentile(int percent) {
    Long[] sorted = millis.stream().sorted().toArray(Long[]::new);
    return sorted.length == 0
        ? Long.MAX_VALUE
        : sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
  }
}
