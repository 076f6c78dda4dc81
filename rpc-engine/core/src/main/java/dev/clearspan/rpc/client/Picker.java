package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.balance.Balancer;
import dev.clearspan.rpc.balance.KeyHash;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.CircuitBreaker;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.ForcedState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the endpoints of one call, attempt by attempt: what the balancer proposes, the breaker must
 * admit, and what was tried comes last. Used by one thread at a time.
 */
final class Picker implements Balancer.Filter {
  /** How often the last probe slot may be lost to another call before the breaker's no is final. */
  private static final int RACES = 3;

  private final Course.Traveller traveller;
  private @Nullable Endpoint triedFirst;
  private List<Endpoint> triedLater = List.of();
  private @Nullable MethodRoute route;
  private boolean avoidTried;
  private boolean panic;
  private long nowNanos;

  /** An endpoint and the leave to call it. */
  record Pick(Endpoint endpoint, Permit permit) {}

  /** For the attempts of this call. */
  Picker(Course.Traveller traveller) {
    this.traveller = traveller;
  }

  /** Picks for the next attempt; null: {@link #refusal} says why not. */
  @Nullable Pick pick(MethodRoute from, long now, long breakerVersion) {
    route = from;
    nowNanos = now;
    panic = from.panics(breakerVersion);
    avoidTried = triedFirst != null;
    Pick pick = choose(from);
    if (pick == null && avoidTried) {
      avoidTried = false;
      pick = choose(from);
    }
    if (pick != null) {
      noteTried(pick.endpoint());
    }
    return pick;
  }

  @Override
  public boolean admits(int index) {
    MethodRoute from = route;
    if (from == null || avoidTried && isTried(from.endpoint(index))) {
      return false;
    }
    return from.breaker(index).permits(nowNanos) || panic && !from.isForcedOpen(index);
  }

  @Override
  public long keyHash() {
    MethodRoute from = route;
    String key =
        from == null ? null : traveller.metadata().first(from.policy().balancer().hash().key());
    return key == null ? Balancer.NO_KEY : KeyHash.of(key);
  }

  private boolean isTried(Endpoint endpoint) {
    return triedFirst == endpoint || triedLater.contains(endpoint);
  }

  /** Most calls try one. */
  private void noteTried(Endpoint endpoint) {
    if (triedFirst == null) {
      triedFirst = endpoint;
    } else {
      if (triedLater.isEmpty()) {
        triedLater = new ArrayList<>(2);
      }
      triedLater.add(endpoint);
    }
  }

  private @Nullable Pick choose(MethodRoute from) {
    for (int race = 0; race < RACES; race++) {
      int index = from.balancer().pick(this);
      if (index == Balancer.NONE) {
        return null;
      }
      Permit permit = from.breaker(index).acquire(nowNanos);
      if (permit == null && panic) {
        permit = CircuitBreaker.UNCOUNTED;
      }
      if (permit != null) {
        return new Pick(from.endpoint(index), permit);
      }
    }
    return null;
  }

  /** Why every usable endpoint was refused; names the operator if one is behind it. */
  static Failure refusal(MethodRoute from, long nowNanos) {
    for (int i = 0; i < from.size(); i++) {
      ForcedState forced = from.breaker(i).forced();
      if (forced != null && from.isForcedOpen(i)) {
        return refused("breaker of " + from.method() + " is " + forced.description());
      }
    }
    BreakerView first = from.breaker(0).computed();
    for (int i = 1; i < from.size(); i++) {
      BreakerView view = from.breaker(i).computed();
      first = view.probeAtNanos() - first.probeAtNanos() < 0 ? view : first;
    }
    long probeMillis = Math.max(0, first.probeAtNanos() - nowNanos) / 1_000_000;
    return refused(
        "breakers of %s are open at all %d instances (%s); next probe in %d ms"
            .formatted(from.method(), from.size(), first.cause(), probeMillis));
  }

  private static Failure refused(String message) {
    return Failure.local(Status.Code.UNAVAILABLE, message, Pipeline.BREAKER, "breaker_open");
  }
}
