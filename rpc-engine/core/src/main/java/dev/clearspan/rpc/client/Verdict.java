package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint may take calls, by what the registry, operators and its connection say. What
 * its calls say is added by each method's {@link Standing}.
 */
sealed interface Verdict {
  /** Why a server that says so itself takes no calls. */
  String NOT_SERVING = "not serving, says its health check";

  /**
   * It may.
   *
   * @param weight its share, slow start not yet applied
   * @param suspect gone from the registry, though still connected: left out while there are enough
   *     others
   */
  record Usable(double weight, boolean suspect) implements Verdict {}

  /** It doesn't, for this reason. */
  record Out(String reason) implements Verdict {}

  /**
   * Judges an endpoint.
   *
   * @param control what an operator set for the instance, in force or not
   */
  static Verdict of(Endpoint.Condition condition, @Nullable InstanceControl control, Instant now) {
    Instance instance = condition.instance;
    InstanceControl set =
        control != null && isInForce(control, instance, now)
            ? control
            : InstanceControl.getDefaultInstance();
    if (set.getEject()) {
      return new Out("ejected by " + by(set));
    }
    if (set.getDrain()) {
      return new Out("drained by " + by(set));
    }
    if (instance.getState() == Instance.State.DRAINING
        || condition.state == ConnectionState.DRAINING) {
      return new Out("draining");
    }
    if (condition.state == ConnectionState.UNREACHABLE) {
      return new Out("unreachable: " + condition.cause);
    }
    if (condition.state == ConnectionState.CLOSED) {
      return new Out("closed");
    }
    if (condition.notServingSince != null) {
      return new Out(NOT_SERVING);
    }
    if (condition.suspect && condition.state != ConnectionState.READY) {
      return new Out("gone from the registry and not connected");
    }
    double weight = set.hasWeight() ? set.getWeight() : instance.getWeight();
    return new Usable(weight, condition.suspect);
  }

  /** Whether the override holds for this incarnation and has not expired. */
  static boolean isInForce(InstanceControl control, Instance instance, Instant now) {
    boolean bound =
        control.getSticky()
            || control.getIncarnation().isEmpty()
            || control.getIncarnation().equals(instance.getIncarnation());
    return bound && (!control.hasExpiresAt() || now.isBefore(expiry(control)));
  }

  static Instant expiry(InstanceControl control) {
    return Instant.ofEpochSecond(
        control.getExpiresAt().getSeconds(), control.getExpiresAt().getNanos());
  }

  private static String by(InstanceControl control) {
    return (control.getAuthor().isEmpty() ? "an unnamed operator" : control.getAuthor())
        + (control.getReason().isEmpty() ? "" : ": " + control.getReason())
        + (control.hasExpiresAt() ? " (until " + expiry(control) + ")" : " (until lifted)");
  }
}
