package dev.clearspan.rpc.balance;

/**
 * Picks one of a fixed list of endpoints whose weights it was built with. Thread-safe and without
 * locks. A changed weight or endpoint means a new balancer: it holds from the next pick on.
 */
public interface Balancer {
  /** What {@link #pick} answers when the filter admits nothing. */
  int NONE = -1;

  /** The {@link Filter#keyHash} of a call that has no key. */
  long NO_KEY = 0;

  /**
   * Picks an endpoint.
   *
   * @return its position in the list, or {@link #NONE}
   */
  int pick(Filter filter);

  /** What one call says to its pick. */
  @FunctionalInterface
  interface Filter {
    /** Narrows the pick: leaves out what was tried already or what a breaker refuses. */
    boolean admits(int index);

    /** Of the key that keeps calls together, by {@link KeyHash}; asked for by those who need it. */
    default long keyHash() {
      return NO_KEY;
    }
  }

  /**
   * The weights as balancers use them: if none is above zero, all count the same, so that weight 0
   * takes no calls only while others take some.
   */
  static double[] normalized(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("weight: " + weight + " (expected: finite, >= 0)");
      }
      sum += weight;
    }
    double[] shares = new double[weights.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = sum == 0 ? 1.0 / shares.length : weights[i] / sum;
    }
    return shares;
  }
}
