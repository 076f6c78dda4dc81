package dev.clearspan.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The cells of one case. */
final class TelemetryResult {
  private final List<Cell> off = new ArrayList<>();
  private final List<Cell> on = new ArrayList<>();
  private long told;
  private long arrived = -1;

  void add(boolean telling, Cell cell) {
    (telling ? on : off).add(cell);
  }

  /** Spans that were made, and those that came to the sink. */
  void spans(long made, long came) {
    told = made;
    arrived = came;
  }

  Difference cpu() {
    return Difference.of(figures(off, Metric.CPU), figures(on, Metric.CPU));
  }

  List<Double> figures(boolean telling, Metric metric) {
    return figures(telling ? on : off, metric);
  }

  double median(boolean telling, Metric metric) {
    return Spread.of(figures(telling, metric)).median();
  }

  /** Wrong or missing replies. */
  long errors() {
    return errors(off) + errors(on);
  }

  /** Spans made, -1 if they were not counted. */
  long made() {
    return arrived < 0 ? -1 : told;
  }

  /** Spans made that never came. */
  long lost() {
    return arrived < 0 ? 0 : told - arrived;
  }

  private static long errors(List<Cell> cells) {
    return cells.stream().mapToLong(cell -> cell.outcome().errors()).sum();
  }

  private static List<Double> figures(List<Cell> cells, Metric metric) {
    return cells.stream().map(metric::of).toList();
  }
}
