package dev.clearspan.rpc.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A fixed limit in force, with what its callers have taken of it. Thread-safe. */
final class Quota {
  /** Callers with a share of their own; those beyond have one together. */
  static final int MOST_CALLERS = 1_000;

  private static final String OTHERS = "(others)";

  private final FixedLimit limit;
  private final String field;
  private final Map<String, QuotaShare> shares = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> inFlight;

  /** {@code field} is where it stands in the policy, for people. */
  Quota(FixedLimit limit, String field) {
    this(limit, field, new ConcurrentHashMap<>());
  }

  private Quota(FixedLimit limit, String field, Map<String, AtomicInteger> inFlight) {
    this.limit = limit;
    this.field = field;
    this.inFlight = inFlight;
  }

  /** Whether an entry at this place of the policy is about the same callers. */
  boolean isAbout(FixedLimit other, String otherField) {
    return field.equals(otherField) && limit.caller().equals(other.caller());
  }

  /** This one, or with another value; calls in flight go on counting. */
  Quota with(FixedLimit value) {
    return value.equals(limit) ? this : new Quota(value, field, inFlight);
  }

  /** What the caller takes from; null: it is not about that caller. */
  @Nullable QuotaShare shareOf(String caller, long now) {
    return switch (limit.caller()) {
      case FixedLimit.ALL -> share(FixedLimit.ALL, now);
      case FixedLimit.EACH -> share(caller, now);
      default -> limit.caller().equals(caller) ? share(caller, now) : null;
    };
  }

  private QuotaShare share(String key, long now) {
    QuotaShare share = shares.get(key);
    if (share != null) {
      return share;
    }
    String kept = shares.size() < MOST_CALLERS ? key : OTHERS;
    return shares.computeIfAbsent(
        kept,
        owner -> {
          AtomicInteger calls = inFlight.computeIfAbsent(owner, o -> new AtomicInteger());
          return new QuotaShare(limit, field, owner, calls, now);
        });
  }
}
