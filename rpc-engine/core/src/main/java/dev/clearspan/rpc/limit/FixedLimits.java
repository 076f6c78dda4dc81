package dev.clearspan.rpc.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fixed limits of a server: those of the service hold for all its methods together, those of a
 * method for that method as well. All that match hold. Immutable but for what callers have taken.
 */
public final class FixedLimits {
  /** Nothing is limited. */
  public static final FixedLimits NONE = new FixedLimits(List.of(), Map.of());

  private final List<Quota> service;
  private final Map<String, List<Quota>> methods;

  private FixedLimits(List<Quota> service, Map<String, List<Quota>> methods) {
    this.service = service;
    this.methods = methods;
  }

  /** What came of a call: {@link Taken} or {@link Denial}. */
  public sealed interface Outcome {}

  /** The call may be made; to be ended once. */
  public static final class Taken implements Outcome {
    private final List<QuotaShare> shares = new ArrayList<>(2);

    private Taken() {}

    /** The call is over. */
    public void end() {
      shares.forEach(QuotaShare::end);
    }
  }

  /**
   * The call may not be made.
   *
   * @param text which limit, its value, and what to change
   * @param comeAgainMillis when the limit will have room; -1 unknown
   */
  public record Denial(RefusalReason reason, String text, long comeAgainMillis)
      implements Outcome {}

  /**
   * These limits in place of the present ones; those that are the same go on where they were, and
   * calls in flight count on where only the value is another.
   *
   * @param ofMethods by full method name
   */
  public FixedLimits replacedBy(
      List<FixedLimit> ofService, Map<String, List<FixedLimit>> ofMethods) {
    Map<String, List<Quota>> fresh = new HashMap<>();
    ofMethods.forEach(
        (method, limits) ->
            fresh.put(
                method,
                quotas(
                    limits,
                    methods.getOrDefault(method, List.of()),
                    "methods[\"" + method + "\"].limit.fixed")));
    fresh.values().removeIf(List::isEmpty);
    List<Quota> whole = quotas(ofService, service, "service.limit.fixed");
    return whole.isEmpty() && fresh.isEmpty() ? NONE : new FixedLimits(whole, fresh);
  }

  /** Takes what the call needs of each limit that is about it, or nothing at all. */
  public Outcome take(String method, String caller, long now) {
    Taken taken = new Taken();
    Denial denial = take(service, caller, now, taken);
    if (denial == null) {
      denial = take(methods.getOrDefault(method, List.of()), caller, now, taken);
    }
    if (denial == null) {
      return taken;
    }
    taken.shares.forEach(QuotaShare::giveBack);
    return denial;
  }

  private static @Nullable Denial take(List<Quota> quotas, String caller, long now, Taken taken) {
    for (Quota quota : quotas) {
      QuotaShare share = quota.shareOf(caller, now);
      Denial denial = share == null ? null : share.take(now);
      if (denial != null) {
        return denial;
      }
      if (share != null) {
        taken.shares.add(share);
      }
    }
    return null;
  }

  private static List<Quota> quotas(List<FixedLimit> limits, List<Quota> before, String field) {
    List<Quota> quotas = new ArrayList<>();
    for (int i = 0; i < limits.size(); i++) {
      quotas.add(quota(limits.get(i), before, field + "[" + i + "]"));
    }
    return List.copyOf(quotas);
  }

  private static Quota quota(FixedLimit limit, List<Quota> before, String field) {
    return before.stream()
        .filter(quota -> quota.isAbout(limit, field))
        .findFirst()
        .map(quota -> quota.with(limit))
        .orElseGet(() -> new Quota(limit, field));
  }
}
