package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.Balancer;
import dev.clearspan.rpc.balance.KeyHash;
import dev.clearspan.rpc.breaker.CircuitBreaker;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.ledger.CallEvent;
import dev.clearspan.rpc.outlier.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the endpoints of one call, attempt by attempt: what the balancer proposes, the {@link
 * Standing} must not leave out and the breaker must admit, and what was tried comes last. Used by
 * one thread at a time.
 */
final class Picker implements Balancer.Filter {
  /** How often the last probe slot may be lost to another call before the breaker's no is final. */
  private static final int RACES = 3;

  private final Traveller traveller;
  private @Nullable Endpoint triedFirst;
  private List<Endpoint> triedLater = List.of();
  private @Nullable MethodRoute route;
  private @Nullable Standing standing;
  private boolean avoidTried;
  private long nowNanos;

  /**
   * An endpoint and the leave to call it.
   *
   * @param tally where to count what becomes of the call; null: nowhere
   * @param met what this call is the first to meet
   */
  record Pick(Endpoint endpoint, Permit permit, @Nullable Tally tally, @Nullable CallEvent met) {}

  /** For the attempts of this call. */
  Picker(Traveller traveller) {
    this.traveller = traveller;
  }

  /**
   * Picks for the next attempt; null: {@link Refusal} says why not.
   *
   * @param learned version of what was learned of endpoints
   */
  @Nullable Pick pick(MethodRoute from, long now, long learned) {
    route = from;
    nowNanos = now;
    standing = from.standing(learned, now);
    avoidTried = triedFirst != null;
    Pick pick = choose(from, standing);
    if (pick == null && avoidTried) {
      avoidTried = false;
      pick = choose(from, standing);
    }
    if (pick != null) {
      noteTried(pick.endpoint());
    }
    return pick;
  }

  /** Picks for an attempt beside others, of those not tried yet; null: none of them can. */
  @Nullable Pick pickBeside(MethodRoute from, long now, long learned) {
    route = from;
    nowNanos = now;
    standing = from.standing(learned, now);
    avoidTried = true;
    Pick pick = choose(from, standing);
    if (pick != null) {
      noteTried(pick.endpoint());
    }
    return pick;
  }

  @Override
  public boolean admits(int index) {
    MethodRoute from = route;
    Standing verdict = standing;
    if (from == null || verdict == null || avoidTried && isTried(from.endpoint(index))) {
      return false;
    }
    return verdict.panic()
        ? !from.isForcedOpen(index)
        : !verdict.isBenched(index) && from.breaker(index).permits(nowNanos);
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

  private @Nullable Pick choose(MethodRoute from, Standing verdict) {
    for (int race = 0; race < RACES; race++) {
      int index = from.balancer().pick(this);
      if (index == Balancer.NONE) {
        return null;
      }
      Permit permit = from.breaker(index).acquire(nowNanos);
      if (permit == null && verdict.panic()) {
        permit = CircuitBreaker.UNCOUNTED;
      }
      if (permit != null) {
        Endpoint endpoint = from.endpoint(index);
        Tally tally = from.policy().outlier().enabled() ? endpoint.watched().tally() : null;
        return new Pick(endpoint, permit, tally, verdict.takeNews());
      }
    }
    return null;
  }
}
