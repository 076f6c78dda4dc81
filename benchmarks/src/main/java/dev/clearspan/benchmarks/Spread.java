package dev.clearspan.benchmarks;

import java.util.List;

/** Median, least and most of a figure over the samples of a run. */
record Spread(double median, double least, double most) {
  /** Of at least one figure. */
  static Spread of(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    return new Spread(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  @Override
  public String toString() {
    return "%.2f [%.2f-%.2f]".formatted(median, least, most);
  }
}
