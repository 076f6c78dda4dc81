package dev.clearspan.rpc.retry;

/**
 * When a second attempt joins one that is still under way. Off unless one of delay and percentile
 * is set.
 *
 * @param delayNanos fixed; 0: by percentile
 * @param percentile of the method's own latency, 50 to 99.9; 0: by delay
 * @param maxAttempts attempts in all, hedges included; 1: off
 */
public record HedgeSettings(long delayNanos, double percentile, int maxAttempts) {
  public static final HedgeSettings OFF = new HedgeSettings(0, 0, 2);

  public boolean isOn() {
    return maxAttempts > 1 && (delayNanos > 0 || percentile > 0);
  }

  public boolean isByPercentile() {
    return percentile > 0;
  }
}
