package dev.clearspan.rpc.balance;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a channel's balancers hand on from snapshot to snapshot. Thread-safe. */
public final class Continuity {
  private final AtomicInteger cursor;
  private volatile @Nullable HashRing ring;

  /** Round robin begins at {@code start}. */
  public Continuity(int start) {
    this.cursor = new AtomicInteger(start);
  }

  /** Where round robin goes on. */
  AtomicInteger cursor() {
    return cursor;
  }

  /** The ring of these positions: the last one asked for, if it is theirs. */
  HashRing ring(List<String> ids, double[] weights) {
    HashRing known = ring;
    if (known == null || !known.isOf(ids, weights)) {
      known = new HashRing(ids, weights);
      ring = known;
    }
    return known;
  }
}
