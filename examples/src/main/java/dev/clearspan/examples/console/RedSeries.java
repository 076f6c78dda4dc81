package dev.clearspan.examples.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /metrics/red}: counts and durations in steps. */
public record RedSeries(int stepSeconds, List<Series> series) {
  /** One line, told apart by its key. */
  public record Series(Map<String, String> key, List<Point> points) {
    /** Calls in all steps. */
    public long calls() {
      return points.stream().mapToLong(Point::calls).sum();
    }

    /** Failed calls in all steps. */
    public long errors() {
      return points.stream().mapToLong(Point::errors).sum();
    }
  }

  /** One step. */
  public record Point(String at, long calls, long errors, @Nullable Double p99Millis) {}

  public long calls() {
    return series.stream().mapToLong(Series::calls).sum();
  }

  public long errors() {
    return series.stream().mapToLong(Series::errors).sum();
  }

  /** The longest 99th percentile of any step; 0 without calls. */
  public double worstP99Millis() {
    return points()
        .map(Point::p99Millis)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  private Stream<Point> points() {
    return series.stream().flatMap(line -> line.points().stream());
  }
}
