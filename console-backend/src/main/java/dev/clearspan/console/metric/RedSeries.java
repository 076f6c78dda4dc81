package dev.clearspan.console.metric;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Rate, errors and duration over time.
 *
 * @param from start of the first point
 * @param to end of the last point
 * @param notes what is missing or otherwise than asked for, a sentence each; empty if nothing
 */
public record RedSeries(
    int stepSeconds, Instant from, Instant to, List<Series> series, List<String> notes) {
  public RedSeries {
    series = List.copyOf(series);
    notes = List.copyOf(notes);
  }

  /**
   * One line of a chart.
   *
   * @param key names what was grouped by, such as {@code service -> orders}
   * @param points one per step, without gaps
   */
  public record Series(Map<String, String> key, List<RedPoint> points) {
    public Series {
      key = Map.copyOf(key);
      points = List.copyOf(points);
    }
  }
}
