package dev.clearspan.rpc.breaker;

import java.time.Duration;

/**
 * When a breaker opens and how it closes again.
 *
 * @param enabled false: outcomes are counted, nothing opens
 * @param consecutiveFailures failures in a row that open
 * @param failureRate share of failures in the window that opens, (0, 1]
 * @param slowCall from when on a call is slow; zero: none is
 * @param slowCallRate share of slow calls in the window that opens, (0, 1]
 * @param minimumCalls calls in the window before the rates count
 * @param window length of the sliding window
 * @param open how long the breaker stays open the first time; doubles each time a probe fails
 * @param maxOpen the doubling's end
 * @param halfOpenProbes probes that must succeed, one at a time, to close
 */
public record BreakerSettings(
    boolean enabled,
    int consecutiveFailures,
    double failureRate,
    Duration slowCall,
    double slowCallRate,
    int minimumCalls,
    Duration window,
    Duration open,
    Duration maxOpen,
    int halfOpenProbes) {

  public static final BreakerSettings DEFAULT =
      new BreakerSettings(
          true,
          5,
          0.5,
          Duration.ZERO,
          0.5,
          20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          3);

  public BreakerSettings withEnabled(boolean value) {
    return new BreakerSettings(
        value,
        consecutiveFailures,
        failureRate,
        slowCall,
        slowCallRate,
        minimumCalls,
        window,
        open,
        maxOpen,
        halfOpenProbes);
  }

  public BreakerSettings withConsecutiveFailures(int value) {
    return new BreakerSettings(
        enabled,
        value,
        failureRate,
        slowCall,
        slowCallRate,
        minimumCalls,
        window,
        open,
        maxOpen,
        halfOpenProbes);
  }

  public BreakerSettings withFailureRate(double rate, int calls, Duration slidingWindow) {
    return new BreakerSettings(
        enabled,
        consecutiveFailures,
        rate,
        slowCall,
        slowCallRate,
        calls,
        slidingWindow,
        open,
        maxOpen,
        halfOpenProbes);
  }

  public BreakerSettings withSlowCalls(Duration slow, double rate) {
    return new BreakerSettings(
        enabled,
        consecutiveFailures,
        failureRate,
        slow,
        rate,
        minimumCalls,
        window,
        open,
        maxOpen,
        halfOpenProbes);
  }

  public BreakerSettings withOpen(Duration first, Duration max) {
    return new BreakerSettings(
        enabled,
        consecutiveFailures,
        failureRate,
        slowCall,
        slowCallRate,
        minimumCalls,
        window,
        first,
        max,
        halfOpenProbes);
  }

  public BreakerSettings withHalfOpenProbes(int value) {
    return new BreakerSettings(
        enabled,
        consecutiveFailures,
        failureRate,
        slowCall,
        slowCallRate,
        minimumCalls,
        window,
        open,
        maxOpen,
        value);
  }
}
