package dev.clearspan.rpc.balance;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Takes the same endpoint for the same key, unless that has more calls outstanding than its bound:
 * a multiple of its share of all. Then the next one on the ring takes it, for every caller the same
 * one. After Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads" (2016). A
 * call without a key goes anywhere.
 *
 * <p>Where an endpoint stands on the ring follows from what is configured. What moves its weight
 * from moment to moment (slow start, reported load) moves only its bound, and so no keys without
 * need.
 */
public final class ConsistentHash implements Balancer {
  /** Places looked at before any admitted one is good enough. */
  private static final int WALK = 256;

  private final HashRing ring;
  private final double[] shares;
  private final LoadMeter[] loads;
  private final double bound;
  private final LongSupplier outstanding;
  private final RandomGenerator random;

  /**
   * A balancer over the ring's positions.
   *
   * @param weights that the bounds follow
   * @param bound as a multiple of the share, at least 1
   * @param outstanding of all endpoints together, this call included
   */
  ConsistentHash(
      HashRing ring,
      double[] weights,
      LoadMeter[] loads,
      double bound,
      LongSupplier outstanding,
      RandomGenerator random) {
    this.ring = ring;
    this.shares = Balancer.normalized(weights);
    this.loads = loads.clone();
    this.bound = bound;
    this.outstanding = outstanding;
    this.random = random;
  }

  @Override
  public int pick(Filter filter) {
    long key = filter.keyHash();
    int start = ring.find(key == NO_KEY ? random.nextLong() : key);
    int full = NONE;
    for (int step = 0; step < Math.min(WALK, ring.length()); step++) {
      int index = ring.at(start + step);
      if (index == full || !filter.admits(index)) {
        continue;
      }
      if (hasRoom(index)) {
        return index;
      }
      full = full == NONE ? index : full;
    }
    return full == NONE ? anyAdmitted(filter) : full;
  }

  private boolean hasRoom(int index) {
    int active = loads[index].outstanding();
    return active == 0
        || active < Math.ceil(bound * Math.max(1, outstanding.getAsLong()) * shares[index]);
  }

  /** The rare case of hardly anyone admitted. */
  private int anyAdmitted(Filter filter) {
    int withoutShare = NONE;
    for (int i = 0; i < shares.length; i++) {
      if (filter.admits(i)) {
        if (shares[i] > 0) {
          return i;
        }
        withoutShare = i;
      }
    }
    return withoutShare;
  }
}
