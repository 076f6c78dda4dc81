package dev.clearspan.rpc.balance;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Walks a schedule in which every endpoint has as many slots as its share, spread as evenly as
 * possible: weights 5, 1, 1 give {@code a a b a c a a}, equal weights a plain rotation. The order
 * is earliest-deadline-first, which gives the smoothness of nginx's weighted round robin without
 * its O(N) work on each pick: a pick is one increment and one array read.
 *
 * <p>Whole-numbered weights whose reduced sum fits the schedule are met exactly, others within one
 * slot of {@value #MIN_SLOTS} or more: below 0.1 point.
 */
public final class SmoothWeightedRoundRobin implements Balancer {
  static final int MIN_SLOTS = 1_024;

  /** Keeps the first turns of endpoints with equal weights apart. */
  private static final double GOLDEN_RATIO = 0.618033988749895;

  private final int size;
  private final int[] schedule;
  private final AtomicInteger cursor;

  /**
   * A balancer over these weights.
   *
   * @param cursor where to go on; shared by successive balancers of a channel, so that frequent
   *     changes don't favour the schedule's first slots
   */
  public SmoothWeightedRoundRobin(double[] weights, AtomicInteger cursor) {
    this.size = weights.length;
    this.schedule = schedule(slots(weights));
    this.cursor = cursor;
  }

  @Override
  public int pick(Filter filter) {
    // Skipping takes the next slot from everyone, so that the share of an endpoint left out is
    // spread by weight and not given to its neighbour in the schedule.
    for (int draw = 0; draw < schedule.length; draw++) {
      int index = schedule[Integer.remainderUnsigned(cursor.getAndIncrement(), schedule.length)];
      if (filter.admits(index)) {
        return index;
      }
    }
    return firstAdmitted(filter);
  }

  /** Under concurrent picks a walk may miss slots, and weight 0 has none. */
  private int firstAdmitted(Filter filter) {
    for (int i = 0; i < size; i++) {
      if (filter.admits(i)) {
        return i;
      }
    }
    return NONE;
  }

  private static int[] slots(double[] weights) {
    double[] shares = Balancer.normalized(weights);
    int[] exact = exactSlots(weights);
    int sum = Arrays.stream(exact).sum();
    return sum > 0 && sum <= slotLimit(weights.length) ? exact : roundedSlots(shares);
  }

  private static int slotLimit(int endpoints) {
    return Math.max(MIN_SLOTS, 8 * endpoints);
  }

  /** The weights reduced by their common divisor; all zero when they are not whole numbers. */
  private static int[] exactSlots(double[] weights) {
    int[] slots = new int[weights.length];
    int divisor = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != Math.rint(weights[i]) || weights[i] > 1_000_000) {
        return new int[weights.length];
      }
      slots[i] = (int) weights[i];
      divisor = greatestCommonDivisor(slots[i], divisor);
    }
    if (divisor == 0) {
      Arrays.fill(slots, 1);
      return slots;
    }
    for (int i = 0; i < slots.length; i++) {
      slots[i] /= divisor;
    }
    return slots;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Largest-remainder rounding, with at least one slot for every weight above zero. */
  private static int[] roundedSlots(double[] shares) {
    int total = slotLimit(shares.length);
    int[] slots = new int[shares.length];
    PriorityQueue<Integer> remainders =
        new PriorityQueue<>((a, b) -> Double.compare(shares[b] * total % 1, shares[a] * total % 1));
    int left = total;
    for (int i = 0; i < shares.length; i++) {
      slots[i] = (int) (shares[i] * total);
      left -= slots[i];
      remainders.add(i);
    }
    for (Integer i = remainders.poll(); i != null && left > 0; i = remainders.poll()) {
      slots[i]++;
      left--;
    }
    for (int i = 0; i < shares.length; i++) {
      slots[i] = shares[i] > 0 ? Math.max(1, slots[i]) : 0;
    }
    return slots;
  }

  private static int[] schedule(int[] slots) {
    PriorityQueue<Turn> turns = new PriorityQueue<>();
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] > 0) {
        turns.add(new Turn(i, (0.5 + i * GOLDEN_RATIO) % 1 / slots[i]));
      }
    }
    int[] schedule = new int[Arrays.stream(slots).sum()];
    for (int slot = 0; slot < schedule.length; slot++) {
      Turn turn = turns.remove();
      schedule[slot] = turn.index();
      turns.add(new Turn(turn.index(), turn.due() + 1.0 / slots[turn.index()]));
    }
    return schedule;
  }

  private record Turn(int index, double due) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int byDue = Double.compare(due, other.due);
      return byDue != 0 ? byDue : Integer.compare(index, other.index);
    }
  }
}
