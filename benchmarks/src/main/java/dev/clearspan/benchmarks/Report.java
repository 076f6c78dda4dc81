package dev.clearspan.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Collects cells and prints medians, and ratios to the first contestant within the same round. */
final class Report {
  private final Map<Integer, Map<Contestant, List<Cell>>> cells = new TreeMap<>();

  void add(int inFlight, Contestant contestant, Cell cell) {
    cells
        .computeIfAbsent(inFlight, ignored -> new EnumMap<>(Contestant.class))
        .computeIfAbsent(contestant, ignored -> new ArrayList<>())
        .add(cell);
  }

  long errors() {
    return cells.values().stream()
        .flatMap(byContestant -> byContestant.values().stream())
        .flatMap(List::stream)
        .mapToLong(Cell::errors)
        .sum();
  }

  /** The table: medians; in brackets least and most over the rounds. */
  String table() {
    StringBuilder out = new StringBuilder();
    cells.forEach((inFlight, byContestant) -> append(out, inFlight, byContestant));
    return out.toString();
  }

  private static void append(
      StringBuilder out, int inFlight, Map<Contestant, List<Cell>> byContestant) {
    List<Cell> base = byContestant.values().iterator().next();
    String baseName = byContestant.keySet().iterator().next().label();
    out.append(
        line(
            "in flight " + inFlight,
            "calls/s",
            "x " + baseName,
            "CPU us/call",
            "x " + baseName,
            "p50 us",
            "p99 us",
            "KB/call"));
    byContestant.forEach((contestant, own) -> out.append(row(contestant, own, base)));
    out.append('\n');
  }

  private static String row(Contestant contestant, List<Cell> own, List<Cell> base) {
    return line(
        contestant.label(),
        "%,.0f".formatted(median(own, Cell::callsPerSecond)),
        ratio(own, base, Cell::callsPerSecond),
        "%.1f".formatted(median(own, Cell::cpuMicrosPerCall)),
        ratio(own, base, Cell::cpuMicrosPerCall),
        "%.0f".formatted(median(own, cell -> cell.p50() / 1e3)),
        "%.0f".formatted(median(own, cell -> cell.p99() / 1e3)),
        "%.1f".formatted(median(own, Cell::kilobytesPerCall)));
  }

  private static String line(Object... columns) {
    return String.format(Locale.ROOT, "%-16s %10s  %-19s %12s  %-19s %7s %8s %8s%n", columns);
  }

  private static String ratio(List<Cell> own, List<Cell> base, ToDoubleFunction<Cell> value) {
    double[] ratios = new double[own.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(own.get(i)) / value.applyAsDouble(base.get(i));
    }
    java.util.Arrays.sort(ratios);
    return "%.2f [%.2f-%.2f]"
        .formatted(ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]);
  }

  private static double median(List<Cell> own, ToDoubleFunction<Cell> value) {
    double[] sorted = own.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
