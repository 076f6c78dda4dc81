package dev.clearspan.simulate.world;

/**
 * What every simulated server is like.
 *
 * @param workers threads that run handlers
 * @param meanMillis mean time of a handler, lognormal
 * @param sigma of the lognormal: 0.5 makes a p99 of 2.8 times the mean
 */
public record ServerSettings(int workers, double meanMillis, double sigma) {
  /** Calls a second that a server can finish. */
  public double capacity() {
    return workers * 1_000 / meanMillis;
  }
}
