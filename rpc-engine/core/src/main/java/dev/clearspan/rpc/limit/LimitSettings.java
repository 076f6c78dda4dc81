package dev.clearspan.rpc.limit;

import java.time.Duration;
import java.util.List;

/**
 * The limits of a service.
 *
 * @param adaptive calls in handlers, found by measuring
 * @param maxQueue time a call may wait for a thread
 * @param fixed what callers may have, all of them
 * @param throttle what its clients do when it refuses
 */
public record LimitSettings(
    AdaptiveSettings adaptive,
    Duration maxQueue,
    List<FixedLimit> fixed,
    ThrottleSettings throttle) {

  public static final LimitSettings DEFAULT =
      new LimitSettings(
          AdaptiveSettings.DEFAULT, Duration.ofSeconds(1), List.of(), ThrottleSettings.DEFAULT);

  /** With a copy of the fixed limits. */
  public LimitSettings {
    fixed = List.copyOf(fixed);
  }
}
