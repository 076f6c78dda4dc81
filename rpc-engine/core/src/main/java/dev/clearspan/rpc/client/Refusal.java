package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.breaker.BreakerView;
import dev.clearspan.rpc.breaker.CircuitBreaker;
import dev.clearspan.rpc.breaker.ForcedState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why no endpoint of a route takes a call: each one's reason, and what would mend it. Only breakers
 * refuse calls; what is left out for other reasons is used when nothing else is there.
 */
final class Refusal {
  private final MethodRoute route;
  private final long nowNanos;
  private final Set<String> forced = new LinkedHashSet<>();
  private final List<String> open = new ArrayList<>();
  private @Nullable BreakerView firstToProbe;

  private Refusal(MethodRoute route, long nowNanos) {
    this.route = route;
    this.nowNanos = nowNanos;
  }

  static Failure of(MethodRoute route, long nowNanos) {
    Refusal refusal = new Refusal(route, nowNanos);
    for (int i = 0; i < route.size(); i++) {
      refusal.look(route.endpoint(i).id(), route.breaker(i));
    }
    return Failure.local(Status.Code.UNAVAILABLE, refusal.text(), Pipeline.BREAKER, "breaker_open");
  }

  /** None that the registry and operators leave to be used. */
  static Failure noEndpoint(String why) {
    return Failure.local(Status.Code.UNAVAILABLE, why, Pipeline.BALANCER, "no_endpoint");
  }

  /** Nothing is known yet, and the queue for the news is full. */
  static Failure tooManyWaiting(String service) {
    return Failure.local(
        Status.Code.RESOURCE_EXHAUSTED,
        "calls waiting to hear of any instance of %s: %d (expected: fewer)"
            .formatted(service, EndpointDirectory.MAX_WAITING),
        Pipeline.BALANCER);
  }

  private void look(String instance, CircuitBreaker breaker) {
    ForcedState state = breaker.forced();
    if (state != null) {
      forced.add(state.description());
      return;
    }
    BreakerView view = breaker.computed();
    boolean closedMeanwhile = view.state() == BreakerView.Name.CLOSED;
    open.add(instance + ": " + (closedMeanwhile ? "closed again" : view.cause()));
    if (firstToProbe == null || view.probeAtNanos() - firstToProbe.probeAtNanos() < 0) {
      firstToProbe = view;
    }
  }

  private String text() {
    List<String> parts = new ArrayList<>();
    if (!forced.isEmpty()) {
      parts.add(
          "breaker of %s is %s; calls pass again when that is lifted"
              .formatted(route.method(), Few.of(List.copyOf(forced))));
    }
    if (firstToProbe != null) {
      parts.add(
          "breakers of %s are open at %s %d instances (%s); %s"
              .formatted(
                  route.method(),
                  forced.isEmpty() ? "all" : "the other",
                  open.size(),
                  Few.of(open),
                  mending(firstToProbe)));
    }
    return String.join("; ", parts);
  }

  private String mending(BreakerView first) {
    int probes = route.policy().breaker().halfOpenProbes();
    String next =
        first.state() == BreakerView.Name.HALF_OPEN
            ? "a probe is under way"
            : "next probe in " + Math.max(0, first.probeAtNanos() - nowNanos) / 1_000_000 + " ms";
    return next + ", an instance whose " + probes + " probes succeed is used again";
  }
}
