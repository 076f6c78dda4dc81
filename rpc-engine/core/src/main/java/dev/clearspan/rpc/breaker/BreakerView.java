package dev.clearspan.rpc.breaker;

import java.util.Locale;

/**
 * A breaker's computed state at one moment.
 *
 * @param state CLOSED, OPEN or HALF_OPEN
 * @param sinceNanos when it took this state, on the channel's ticker
 * @param probeAtNanos when an open breaker lets the next call through; else equal to sinceNanos
 * @param cause why it opened, empty when it never did
 */
public record BreakerView(Name state, long sinceNanos, long probeAtNanos, String cause) {
  /** Names of the states, as in telemetry and status. */
  public enum Name {
    CLOSED,
    OPEN,
    HALF_OPEN;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** As in telemetry: lower case. */
    public String label() {
      return label;
    }
  }
}
