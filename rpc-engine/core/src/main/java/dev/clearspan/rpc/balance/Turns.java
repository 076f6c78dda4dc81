package dev.clearspan.rpc.balance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How many turns of a round each weight gets. */
final class Turns {
  private static final int MOST_WEIGHT = 1_000_000;

  private Turns() {}

  /** The weights reduced by their common divisor; null: not whole numbers, or more than a round. */
  static int @Nullable [] exact(double[] weights, int round) {
    int divisor = 0;
    long sum = 0;
    for (double weight : weights) {
      if (weight != Math.rint(weight) || weight > MOST_WEIGHT) {
        return null;
      }
      divisor = greatestCommonDivisor((int) weight, divisor);
      sum += (long) weight;
    }
    int reduced = divisor;
    if (reduced == 0) {
      return IntStream.generate(() -> 1).limit(weights.length).toArray();
    }
    return sum / reduced > round
        ? null
        : Arrays.stream(weights).mapToInt(weight -> (int) weight / reduced).toArray();
  }

  /** The positions with a share of less than one turn, but with one. */
  static int[] lessThanOne(double[] shares, int round) {
    return IntStream.range(0, shares.length)
        .filter(i -> shares[i] > 0 && shares[i] * round < 1)
        .toArray();
  }

  /** By largest remainder, with at least one turn for every share above zero. */
  static int[] rounded(double[] shares, int round) {
    int[] counts = Arrays.stream(shares).mapToInt(share -> (int) (share * round)).toArray();
    int left = round - Arrays.stream(counts).sum();
    IntStream.range(0, shares.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -(shares[i] * round % 1)))
        .limit(Math.max(0, left))
        .forEach(i -> counts[i]++);
    for (int i = 0; i < counts.length; i++) {
      counts[i] = shares[i] > 0 ? Math.max(1, counts[i]) : 0;
    }
    return counts;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
