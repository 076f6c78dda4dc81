package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.Balancer;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.CircuitBreaker;
import dev.clearspan.rpc.breaker.ForcedState;
import dev.clearspan.rpc.outlier.Ejection;
import dev.clearspan.rpc.policy.MethodPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the calls of one method need, worked out once per snapshot: policy, balancer, and the
 * breaker of each usable endpoint. Immutable but for a cache.
 */
final class MethodRoute {
  private final String method;
  private final MethodPolicy policy;
  private final Candidate[] candidates;
  private final Balancer balancer;
  private final @Nullable Panics panics;
  private final @Nullable Detour detour;
  private final boolean hedged;
  private final boolean remembers;
  private volatile @Nullable Standing standing;

  /**
   * An endpoint as the method's calls see it.
   *
   * @param suspect gone from the registry, though still connected
   */
  record Candidate(Endpoint endpoint, CircuitBreaker breaker, boolean suspect) {
    boolean isForcedOpen() {
      ForcedState forced = breaker.forced();
      return forced != null && forced.kind() == ForcedState.Kind.OPEN;
    }

    boolean isOutByBreaker() {
      ForcedState forced = breaker.forced();
      return forced == null
          ? breaker.computed().state() != BreakerView.Name.CLOSED
          : forced.kind() == ForcedState.Kind.HALF_OPEN;
    }

    /** Left out as an outlier or a suspect. */
    boolean isBenched() {
      return suspect || endpoint.watched().ejection() != null;
    }
  }

  /**
   * A route.
   *
   * @param panics is told of panic; null: nobody is, as with the parts of a {@link Detour}
   */
  MethodRoute(
      String method,
      MethodPolicy policy,
      List<Candidate> candidates,
      Balancer balancer,
      @Nullable Panics panics,
      @Nullable Detour detour) {
    this.method = method;
    this.policy = policy;
    this.candidates = candidates.toArray(Candidate[]::new);
    this.balancer = balancer;
    this.panics = panics;
    this.detour = detour;
    this.hedged = policy.hedge().isOn();
    this.remembers = policy.fallback().remembers();
  }

  /** The name under which this route's breakers are kept. */
  String method() {
    return method;
  }

  /** What comes before the pick; null, as a rule: nothing. */
  @Nullable Detour detour() {
    return detour;
  }

  /** Whether calls may be hedged. */
  boolean isHedged() {
    return hedged;
  }

  /** Whether good replies are to be remembered. */
  boolean remembers() {
    return remembers;
  }

  MethodPolicy policy() {
    return policy;
  }

  Balancer balancer() {
    return balancer;
  }

  int size() {
    return candidates.length;
  }

  Endpoint endpoint(int index) {
    return candidates[index].endpoint();
  }

  CircuitBreaker breaker(int index) {
    return candidates[index].breaker();
  }

  boolean isForcedOpen(int index) {
    return candidates[index].isForcedOpen();
  }

  /** The verdict on all endpoints, as of this version of what was learned of them. */
  Standing standing(long version, long nowNanos) {
    Standing known = standing;
    if (known == null || known.version() != version) {
      known = judge(version, nowNanos);
      standing = known;
    }
    return known;
  }

  private Standing judge(long version, long nowNanos) {
    boolean[] benched = new boolean[candidates.length];
    int standingFor = 0;
    int byBreaker = 0;
    int byOthers = 0;
    int out = 0;
    for (int i = 0; i < candidates.length; i++) {
      Candidate candidate = candidates[i];
      if (!candidate.isForcedOpen()) {
        boolean tripped = candidate.isOutByBreaker();
        benched[i] = candidate.isBenched();
        standingFor++;
        byBreaker += tripped ? 1 : 0;
        byOthers += benched[i] ? 1 : 0;
        out += tripped || benched[i] ? 1 : 0;
      }
    }
    boolean tooMany = out > policy.outlier().room(standingFor) || out == standingFor;
    boolean panic = out > 0 && tooMany && byBreaker < standingFor;
    return new Standing(
        version,
        panic,
        byOthers == 0 || panic ? null : benched,
        panics == null ? null : panics.judged(method, panic, nowNanos, this::panicCause));
  }

  private String panicCause() {
    List<String> out = new ArrayList<>();
    int candidatesLeft = 0;
    for (Candidate candidate : candidates) {
      if (!candidate.isForcedOpen()) {
        candidatesLeft++;
        String reason = reason(candidate);
        if (reason != null) {
          out.add(candidate.endpoint().id() + ": " + reason);
        }
      }
    }
    return "%d of %d instances would be left out (%s), more than %.0f%%: all are used"
        .formatted(out.size(), candidatesLeft, Few.of(out), policy.outlier().maxLeftOut() * 100);
  }

  /** Why the endpoint would be left out; null: it would not. */
  private static @Nullable String reason(Candidate candidate) {
    if (candidate.isOutByBreaker()) {
      ForcedState forced = candidate.breaker().forced();
      return forced == null ? candidate.breaker().computed().cause() : forced.description();
    }
    Ejection ejection = candidate.endpoint().watched().ejection();
    if (ejection != null) {
      return ejection.detail();
    }
    return candidate.suspect() ? "gone from the registry" : null;
  }
}
