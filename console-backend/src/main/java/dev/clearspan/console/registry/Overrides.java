package dev.clearspan.console.registry;

import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.KeepOrder;
import dev.clearspan.protocol.ProcessStatus;
import java.time.Instant;

/** When an operator's override counts, by the same rules as in the engine. */
public final class Overrides {
  private Overrides() {}

  /** Whether the override holds for the instance: not expired, and meant for this incarnation. */
  public static boolean inForce(InstanceControl control, Instance instance, Instant now) {
    boolean sameStart =
        control.getSticky()
            || control.getIncarnation().isEmpty()
            || control.getIncarnation().equals(instance.getIncarnation());
    return sameStart && !isExpired(control, now);
  }

  public static boolean isExpired(InstanceControl control, Instant now) {
    return control.hasExpiresAt() && !Times.instant(control.getExpiresAt()).isAfter(now);
  }

  public static boolean isExpired(ForcedBreaker forced, Instant now) {
    return forced.hasExpiresAt() && !Times.instant(forced.getExpiresAt()).isAfter(now);
  }

  public static boolean isExpired(KeepOrder order, Instant now) {
    return !Times.instant(order.getUntil()).isAfter(now);
  }

  /** The revision up to which a process has applied what concerns a service. */
  public static long appliedRevision(ProcessStatus status, String service) {
    return Math.max(status.getApplied(), status.getAppliedByServiceOrDefault(service, 0));
  }
}
