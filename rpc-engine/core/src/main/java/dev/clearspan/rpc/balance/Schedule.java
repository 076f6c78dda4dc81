package dev.clearspan.rpc.balance;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns by weight, for ever the same ones in the same order: earliest deadline first, each position
 * due once in its share of the round. At most {@link #roundOf} turns long, and as many more as
 * there are positions.
 *
 * <p>Whole-numbered weights whose reduced sum fits are met exactly, others within one turn of at
 * least {@value #MIN_TURNS}. Positions whose share is less than one turn would get ten times of
 * what is theirs if each had one: they take turns on a schedule of their own at the turns of them
 * all.
 */
final class Schedule {
  static final int MIN_TURNS = 1_024;
  private static final int TURNS_EACH = 8;

  /** Keeps the first turns of positions with equal weights apart. */
  private static final double GOLDEN_RATIO = 0.618033988749895;

  private final int[] turns;
  private final @Nullable Rare rare;

  private Schedule(int[] turns, @Nullable Rare rare) {
    this.turns = turns;
    this.rare = rare;
  }

  /** Those with less than a turn a round. */
  private record Rare(int[] positions, Schedule schedule, AtomicInteger cursor) {
    int next() {
      return positions[schedule.at(cursor.getAndIncrement())];
    }
  }

  /** A schedule over these weights; {@code start} is where the rare ones begin. */
  static Schedule of(double[] weights, int start) {
    double[] shares = Balancer.normalized(weights);
    int[] exact = Turns.exact(weights, roundOf(weights.length));
    if (exact != null) {
      return new Schedule(inOrder(exact), null);
    }
    int[] few = Turns.lessThanOne(shares, roundOf(shares.length));
    return few.length < 2
        ? new Schedule(inOrder(Turns.rounded(shares, roundOf(shares.length))), null)
        : withRare(shares, few, start);
  }

  /** The turns of a round over so many positions. */
  static int roundOf(int positions) {
    return Math.max(MIN_TURNS, TURNS_EACH * positions);
  }

  int length() {
    return turns.length;
  }

  /** Whose turn it is; counts for ever, also over the end of the integers. */
  int at(int turn) {
    int position = turns[Integer.remainderUnsigned(turn, turns.length)];
    return rare == null || position != turnsOfRare() ? position : rare.next();
  }

  /** The number that stands for the rare ones: the first of them. */
  private int turnsOfRare() {
    return rare == null ? Balancer.NONE : rare.positions[0];
  }

  private static Schedule withRare(double[] shares, int[] few, int start) {
    double[] grouped = shares.clone();
    double[] among = new double[few.length];
    for (int i = 0; i < few.length; i++) {
      among[i] = shares[few[i]];
      grouped[few[i]] = 0;
      grouped[few[0]] += among[i];
    }
    int[] ofFew = Turns.rounded(Balancer.normalized(among), roundOf(few.length));
    Schedule amongFew = new Schedule(inOrder(ofFew), null);
    return new Schedule(
        inOrder(Turns.rounded(grouped, roundOf(shares.length))),
        new Rare(few, amongFew, new AtomicInteger(start)));
  }

  private static int[] inOrder(int[] counts) {
    PriorityQueue<Turn> due = new PriorityQueue<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        due.add(new Turn(i, (0.5 + i * GOLDEN_RATIO) % 1 / counts[i]));
      }
    }
    int[] turns = new int[Arrays.stream(counts).sum()];
    for (int i = 0; i < turns.length; i++) {
      Turn turn = due.remove();
      turns[i] = turn.position();
      due.add(new Turn(turn.position(), turn.due() + 1.0 / counts[turn.position()]));
    }
    return turns;
  }

  private record Turn(int position, double due) implements Comparable<Turn> {
    @Override
    public int compareTo(Turn other) {
      int byDue = Double.compare(due, other.due);
      return byDue != 0 ? byDue : Integer.compare(position, other.position);
    }
  }
}
