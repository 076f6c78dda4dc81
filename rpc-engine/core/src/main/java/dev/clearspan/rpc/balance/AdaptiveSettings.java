package dev.clearspan.rpc.balance;

import java.time.Duration;

/**
 * How weights follow what endpoints report of their load.
 *
 * @param enabled whether they do
 * @param lowest bound of the factor, above 0, at most 1
 * @param highest bound of the factor, at least 1
 * @param halfLife time in which a factor moves half of the way
 * @param expiry age from which on a report counts as none
 */
public record AdaptiveSettings(
    boolean enabled, double lowest, double highest, Duration halfLife, Duration expiry) {
  public static final AdaptiveSettings DEFAULT =
      new AdaptiveSettings(false, 0.1, 2, Duration.ofSeconds(5), Duration.ofSeconds(30));

  public AdaptiveSettings withEnabled(boolean value) {
    return new AdaptiveSettings(value, lowest, highest, halfLife, expiry);
  }

  public AdaptiveSettings withBounds(double least, double most) {
    return new AdaptiveSettings(enabled, least, most, halfLife, expiry);
  }

  public AdaptiveSettings withTimes(Duration half, Duration end) {
    return new AdaptiveSettings(enabled, lowest, highest, half, end);
  }
}
