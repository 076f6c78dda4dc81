package dev.clearspan.rpc.balance;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Walks a {@link Schedule} in which every endpoint has as many turns as its share, spread as evenly
 * as possible: weights 5, 1, 1 give {@code a a b a c a a}, equal weights a plain rotation. This has
 * the smoothness of nginx's weighted round robin without its O(N) work on each pick: a pick is one
 * increment and one array read.
 */
public final class SmoothWeightedRoundRobin implements Balancer {
  private final int size;
  private final Schedule schedule;
  private final AtomicInteger cursor;

  /**
   * A balancer over these weights.
   *
   * @param cursor where to go on; shared by successive balancers of a channel, so that frequent
   *     changes don't favour the schedule's first turns
   */
  public SmoothWeightedRoundRobin(double[] weights, AtomicInteger cursor) {
    this.size = weights.length;
    this.schedule = Schedule.of(weights, cursor.get());
    this.cursor = cursor;
  }

  @Override
  public int pick(Filter filter) {
    // Skipping takes the next turn from everyone, so that the share of an endpoint left out is
    // spread by weight and not given to its neighbour in the schedule.
    for (int draw = 0; draw < schedule.length(); draw++) {
      int index = schedule.at(cursor.getAndIncrement());
      if (filter.admits(index)) {
        return index;
      }
    }
    return firstAdmitted(filter);
  }

  /** Under concurrent picks a walk may miss turns, and weight 0 has none. */
  private int firstAdmitted(Filter filter) {
    for (int i = 0; i < size; i++) {
      if (filter.admits(i)) {
        return i;
      }
    }
    return NONE;
  }
}
