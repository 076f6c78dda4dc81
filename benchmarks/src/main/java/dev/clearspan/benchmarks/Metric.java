package dev.clearspan.benchmarks;

import java.util.function.ToDoubleFunction;

/** A figure of a cell. */
enum Metric {
  CALLS("calls/s", "%,.0f", Cell::callsPerSecond),
  CPU("CPU us/call", "%.1f", Cell::cpuMicrosPerCall),
  P50("p50 us", "%.0f", cell -> cell.outcome().p50() / 1e3),
  P99("p99 us", "%.0f", cell -> cell.outcome().p99() / 1e3),
  KILOBYTES("KB/call", "%.1f", Cell::kilobytesPerCall),
  SWITCHES("switches/call", "%.2f", Cell::switchesPerCall);

  final String label;
  private final String format;
  private final ToDoubleFunction<Cell> value;

  Metric(String label, String format, ToDoubleFunction<Cell> value) {
    this.label = label;
    this.format = format;
    this.value = value;
  }

  double of(Cell cell) {
    return value.applyAsDouble(cell);
  }

  String text(double figure) {
    return format.formatted(figure);
  }
}
