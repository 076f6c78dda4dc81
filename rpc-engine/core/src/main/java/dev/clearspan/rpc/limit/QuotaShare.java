package dev.clearspan.rpc.limit;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one caller, or all together, may take of a fixed limit. Thread-safe, lock-free. */
final class QuotaShare {
  private final FixedLimit limit;
  private final String field;
  private final String owner;
  private final @Nullable TokenBucket bucket;
  private final AtomicInteger inFlight;

  QuotaShare(FixedLimit limit, String field, String owner, AtomicInteger inFlight, long now) {
    this.limit = limit;
    this.field = field;
    this.owner = owner;
    this.inFlight = inFlight;
    this.bucket = limit.rate() > 0 ? new TokenBucket(limit.rate(), limit.burst(), now) : null;
  }

  /** Takes a place and a token and returns null, or says what is missing. */
  FixedLimits.@Nullable Denial take(long now) {
    int bound = limit.concurrency();
    if (inFlight.incrementAndGet() > bound && bound > 0) {
      inFlight.decrementAndGet();
      return new FixedLimits.Denial(
          RefusalReason.CONCURRENCY, text("calls in flight", bound, "its concurrency"), -1);
    }
    long missing = bucket == null ? 0 : bucket.take(now);
    if (missing > 0) {
      inFlight.decrementAndGet();
      String rate = number(limit.rate()) + " a second, burst " + limit.burst();
      return new FixedLimits.Denial(
          RefusalReason.RATE,
          text("calls", rate, "its rate or burst"),
          TimeUnit.NANOSECONDS.toMillis(missing) + 1);
    }
    return null;
  }

  /** The call is over. */
  void end() {
    inFlight.decrementAndGet();
  }

  /** The call is not made, for another reason. */
  void giveBack() {
    end();
    if (bucket != null) {
      bucket.giveBack();
    }
  }

  private String text(String what, Object value, String raise) {
    String whose =
        switch (owner) {
          case FixedLimit.ALL -> "all callers together";
          case FixedLimit.EACH -> "callers that do not say who they are";
          default -> "caller " + owner;
        };
    return "%s of %s: at most %s here (policy %s; come slower, or raise %s)"
        .formatted(what, whose, value, field, raise);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
