package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.Balancer;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.CircuitBreaker;
import dev.clearspan.rpc.breaker.ForcedState;
import dev.clearspan.rpc.policy.MethodPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Everything the calls of one method need, worked out once per snapshot: policy, balancer, and the
 * breaker of each usable endpoint. Immutable but for a cache.
 */
final class MethodRoute {
  private final String method;
  private final MethodPolicy policy;
  private final Endpoint[] endpoints;
  private final CircuitBreaker[] breakers;
  private final Balancer balancer;

  /** Whether panic was the answer as of a version of the breakers. */
  private volatile Panic panic = new Panic(-1, false);

  private record Panic(long version, boolean value) {}

  MethodRoute(
      String method,
      MethodPolicy policy,
      Endpoint[] endpoints,
      CircuitBreaker[] breakers,
      Balancer balancer) {
    this.method = method;
    this.policy = policy;
    this.endpoints = endpoints;
    this.breakers = breakers;
    this.balancer = balancer;
  }

  /** The name under which this route's breakers are kept. */
  String method() {
    return method;
  }

  MethodPolicy policy() {
    return policy;
  }

  Balancer balancer() {
    return balancer;
  }

  int size() {
    return endpoints.length;
  }

  Endpoint endpoint(int index) {
    return endpoints[index];
  }

  CircuitBreaker breaker(int index) {
    return breakers[index];
  }

  boolean isForcedOpen(int index) {
    ForcedState forced = breakers[index].forced();
    return forced != null && forced.kind() == ForcedState.Kind.OPEN;
  }

  /**
   * Whether breakers would leave so few endpoints that these would break too: more than half of
   * those no operator shut, but not all. If all are out it is the service that fails, and refusing
   * is what breakers are for.
   */
  boolean panics(long breakerVersion) {
    Panic known = panic;
    if (known.version != breakerVersion) {
      known = new Panic(breakerVersion, judgePanic());
      panic = known;
    }
    return known.value;
  }

  private boolean judgePanic() {
    int open = 0;
    int candidates = 0;
    for (int i = 0; i < breakers.length; i++) {
      if (!isForcedOpen(i)) {
        candidates++;
        open += isOut(breakers[i]) ? 1 : 0;
      }
    }
    return open * 2 > candidates && open < candidates;
  }

  private static boolean isOut(CircuitBreaker breaker) {
    @Nullable ForcedState forced = breaker.forced();
    return forced == null
        ? breaker.computed().state() != BreakerView.Name.CLOSED
        : forced.kind() == ForcedState.Kind.HALF_OPEN;
  }
}
