package dev.clearspan.console.metric;

import java.time.Duration;
import java.util.List;

/**
 * Rate, errors and durations over time: the seam behind which the console's own aggregates, or a
 * Prometheus, stand. Every implementation passes {@code MetricStoreContract}. Thread-safe.
 */
public interface MetricStore {
  /**
   * One series per combination that the query groups by, without gaps between its points.
   *
   * @throws MetricStoreException if the store gives no answer
   */
  RedSeries series(RedQuery query);

  /** What this store is, how far back it reaches, and in words what it cannot do. */
  Description description();

  /**
   * What a store is.
   *
   * @param kind {@code memory} or {@code prometheus}
   * @param where for people
   * @param reach how far back it is asked
   * @param limits what it cannot do that other stores can, a sentence each
   */
  record Description(String kind, String where, Duration reach, List<String> limits) {
    public Description {
      limits = List.copyOf(limits);
    }
  }
}
