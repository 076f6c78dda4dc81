package dev.clearspan.rpc.outlier;

import java.util.Arrays;

/** Values of instances in order; tells each what is usual among the others. */
final class Ranking {
  private final double[] sorted;

  Ranking(double[] values) {
    this.sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** Whether there is anybody to compare with. */
  boolean hasOthers() {
    return sorted.length > 1;
  }

  /**
   * The median of all values but this one; of two in the middle the larger, so that an instance is
   * worse than usual only if it is worse than most.
   */
  double usualWithout(double value) {
    int own = Arrays.binarySearch(sorted, value);
    int middle = (sorted.length - 1) / 2;
    return sorted[own <= middle ? middle + 1 : middle];
  }
}
