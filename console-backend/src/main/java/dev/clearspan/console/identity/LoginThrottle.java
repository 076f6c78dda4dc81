package dev.clearspan.console.identity;

import dev.clearspan.console.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slows down guessing: after 5 failures of one account from one network, that pair waits 1 minute,
 * doubling to 15; 100 failures within an hour from one address make it wait too. No account is
 * locked for good. Holds at most {@value #CAPACITY} entries, forgetting the least recent. Lives in
 * memory. Thread-safe.
 */
final class LoginThrottle {
  static final int FREE_FAILURES = 5;
  static final int FREE_FAILURES_PER_ADDRESS = 100;

  private static final int CAPACITY = 10_000;
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration MEMORY = Duration.ofHours(1);

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Failures> failures = new BoundedMap();

  LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /** Refuses with 429 while the account or the address has to wait. */
  void check(String account, String address) {
    lock.lock();
    try {
      check(pair(account, address));
      check(address);
    } finally {
      lock.unlock();
    }
  }

  /** Whether an address may try where there is no account to guess the password of. */
  boolean allows(String address) {
    lock.lock();
    try {
      Failures known = failures.get(address);
      return known == null || !clock.instant().isBefore(known.waitUntil());
    } finally {
      lock.unlock();
    }
  }

  /** Counts a failure of an address, where there is no account. */
  void failed(String address) {
    lock.lock();
    try {
      failed(address, FREE_FAILURES_PER_ADDRESS);
    } finally {
      lock.unlock();
    }
  }

  private void check(String key) {
    Failures known = failures.get(key);
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.waitUntil())) {
      long seconds = Duration.between(now, known.waitUntil()).toSeconds() + 1;
      throw ProblemException.tooMany(
          "Too many failed sign-ins. Try again in " + seconds + " s.", seconds);
    }
  }

  void failed(String account, String address) {
    lock.lock();
    try {
      failed(pair(account, address), FREE_FAILURES);
      failed(address, FREE_FAILURES_PER_ADDRESS);
    } finally {
      lock.unlock();
    }
  }

  private void failed(String key, int free) {
    Instant now = clock.instant();
    Failures known = failures.get(key);
    int count = known == null || now.isAfter(known.last().plus(MEMORY)) ? 1 : known.count() + 1;
    failures.put(key, new Failures(count, now, now.plus(waitAfter(count - free))));
  }

  void succeeded(String account, String address) {
    lock.lock();
    try {
      failures.remove(pair(account, address));
    } finally {
      lock.unlock();
    }
  }

  private static Duration waitAfter(int excess) {
    if (excess < 0) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(excess, 4));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static String pair(String account, String address) {
    return network(address) + " " + account;
  }

  /** The /24 of an IPv4 address; others stay whole. */
  private static String network(String address) {
    int lastDot = address.lastIndexOf('.');
    return lastDot < 0 ? address : address.substring(0, lastDot);
  }

  private record Failures(int count, Instant last, Instant waitUntil) {}

  private static final class BoundedMap extends LinkedHashMap<String, Failures> {
    private static final long serialVersionUID = 1L;

    BoundedMap() {
      super(16, 0.75f, /* accessOrder= */ true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
      return size() > CAPACITY;
    }
  }
}
