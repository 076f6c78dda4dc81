package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.fault.Fault;
import dev.clearspan.rpc.route.RouteRule;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What operators have put between the calls of a method and the pick of an endpoint: faults, and
 * rules of who goes where. Few methods have one. Immutable.
 */
final class Detour {
  private static final double PERCENT = 100;

  private final List<Fault> faults;
  private final List<Fork> forks;

  /** A rule and its ways, in the order of the rule's splits. */
  record Fork(RouteRule rule, List<Way> ways) {
    Fork {
      ways = List.copyOf(ways);
    }
  }

  /** Some of the method's endpoints, with a balancer and a verdict of their own. */
  record Way(RouteRule.Split split, MethodRoute route) {}

  Detour(List<Fault> faults, List<Fork> forks) {
    this.faults = List.copyOf(faults);
    this.forks = List.copyOf(forks);
  }

  /** The first fault in force whose share the call is drawn into; null: none. */
  @Nullable Fault draw(Instant now, RandomGenerator random) {
    for (Fault fault : faults) {
      if (fault.isInForce(now) && random.nextDouble() < fault.share()) {
        return fault;
      }
    }
    return null;
  }

  /**
   * The way that the first matching rule has for the call; null: it goes where it would go anyway.
   *
   * @param drawn from 0 to 1, the same for all attempts of a call
   */
  @Nullable Way way(Metadata sent, double drawn) {
    for (Fork fork : forks) {
      if (fork.rule().matches(sent)) {
        return wayAt(fork, drawn * PERCENT);
      }
    }
    return null;
  }

  private static @Nullable Way wayAt(Fork fork, double percent) {
    double end = 0;
    for (Way way : fork.ways()) {
      end += way.split().percent();
      if (percent < end) {
        return way;
      }
    }
    return null;
  }
}
