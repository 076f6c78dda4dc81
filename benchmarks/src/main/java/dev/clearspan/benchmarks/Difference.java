package dev.clearspan.benchmarks;

import java.util.List;

/**
 * The mean of differences of neighbouring cells, with the half of its 95% interval.
 *
 * @param mean of on minus off
 * @param half the interval is the mean plus and minus this
 * @param base mean of the cells that were off
 */
record Difference(double mean, double half, double base) {
  private static final double NORMAL = 1.959964;

  /** Of pairs, the same number of each, at least two. */
  static Difference of(List<Double> off, List<Double> on) {
    int pairs = Math.min(off.size(), on.size());
    double mean = 0;
    double base = 0;
    for (int i = 0; i < pairs; i++) {
      mean += (on.get(i) - off.get(i)) / pairs;
      base += off.get(i) / pairs;
    }
    double squares = 0;
    for (int i = 0; i < pairs; i++) {
      squares += Math.pow(on.get(i) - off.get(i) - mean, 2);
    }
    double deviation = Math.sqrt(squares / Math.max(1, pairs - 1));
    return new Difference(mean, student(pairs - 1) * deviation / Math.sqrt(pairs), base);
  }

  double percent() {
    return 100 * mean / base;
  }

  double halfPercent() {
    return 100 * half / base;
  }

  /** Student's t for 97.5%, by Cornish and Fisher's expansion: good to 1% from four pairs on. */
  private static double student(int freedom) {
    double v = Math.max(1, freedom);
    double z = NORMAL;
    return z
        + (Math.pow(z, 3) + z) / (4 * v)
        + (5 * Math.pow(z, 5) + 16 * Math.pow(z, 3) + 3 * z) / (96 * v * v)
        + (3 * Math.pow(z, 7) + 19 * Math.pow(z, 5) + 17 * Math.pow(z, 3) - 15 * z)
            / (384 * v * v * v);
  }
}
