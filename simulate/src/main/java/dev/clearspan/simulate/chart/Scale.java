package dev.clearspan.simulate.chart;

import java.util.Locale;

/** Round numbers for an axis. */
final class Scale {
  private static final double[] ROUND = {1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10};

  private Scale() {}

  /** The least value not below this one that this many equal, round steps reach; above 0. */
  static double roundUp(double value, int steps) {
    double step = Math.max(value, 1e-6) / steps;
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (double round : ROUND) {
      if (round * power >= step * 0.999_999) {
        return round * power * steps;
      }
    }
    return 10 * power * steps;
  }

  static String text(double value) {
    if (value >= 10 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 1 ? "%.1f" : "%.2f", value);
  }
}
