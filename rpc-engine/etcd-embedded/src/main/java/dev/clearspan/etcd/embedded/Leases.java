package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The leases and when they end, by a monotonic clock. Used by the registry's thread only.
 *
 * <p>An entry of the queue may be too early, since renewing moves the lease's end: it is put right
 * when it comes up.
 */
final class Leases {
  /** etcd's shortest: what is asked to be shorter lives this long. */
  static final long LEAST_TTL_SECONDS = 2;

  private static final long MOST_TTL_SECONDS = 9_000_000_000L;

  private static final int MOST_LEASES = 100_000;

  /** Entries of removed leases that may wait for their time beside as many as there are leases. */
  private static final int QUEUED_REMOVED = 1_024;

  private final Map<Long, Lease> byId = new HashMap<>();
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final SplittableRandom random = new SplittableRandom(new Random().nextLong());

  private record Due(long nanos, Lease lease) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return Long.compare(nanos - other.nanos, 0);
    }
  }

  /**
   * A new lease.
   *
   * @param wanted its id; 0: any
   * @throws dev.clearspan.rpc.RpcException if there is one of that id, or too many
   */
  Lease grant(long wanted, long ttlSeconds, long nowNanos) {
    if (ttlSeconds > MOST_TTL_SECONDS) {
      throw EtcdErrors.leaseTtlTooLarge();
    }
    if (byId.containsKey(wanted)) {
      throw EtcdErrors.leaseExists();
    }
    if (byId.size() >= MOST_LEASES) {
      throw EtcdErrors.tooManyLeases();
    }
    return restore(
        wanted == 0 ? freeId() : wanted, Math.max(LEAST_TTL_SECONDS, ttlSeconds), nowNanos);
  }

  /** A lease of an earlier life of the registry: with its whole time. */
  Lease restore(long id, long ttlSeconds, long nowNanos) {
    Lease lease = new Lease(id, ttlSeconds, nowNanos);
    byId.put(id, lease);
    enqueue(lease);
    return lease;
  }

  @Nullable Lease find(long id) {
    return byId.get(id);
  }

  /**
   * The lease.
   *
   * @throws dev.clearspan.rpc.RpcException if there is none
   */
  Lease get(long id) {
    Lease lease = byId.get(id);
    if (lease == null) {
      throw EtcdErrors.leaseNotFound();
    }
    return lease;
  }

  Collection<Lease> all() {
    return byId.values();
  }

  void remove(Lease lease) {
    byId.remove(lease.id());
    if (queue.size() > 2 * byId.size() + QUEUED_REMOVED) {
      queue.clear();
      byId.values().forEach(this::enqueue);
    }
  }

  /** The key goes with this lease from now on, and with no other; 0: with none. */
  void move(ByteString key, long from, long to) {
    Lease old = byId.get(from);
    if (old != null) {
      old.detach(key);
    }
    Lease next = byId.get(to);
    if (next != null) {
      next.attach(key);
    }
  }

  /** Gives all leases that much more time. */
  void extend(long nanos) {
    byId.values().forEach(lease -> lease.extend(nanos));
  }

  /** The leases whose time is over; they are still there. */
  List<Lease> ended(long nowNanos) {
    List<Lease> ended = new ArrayList<>();
    for (Due due = queue.peek(); due != null && due.nanos() - nowNanos <= 0; due = queue.peek()) {
      queue.remove();
      Lease lease = due.lease();
      if (byId.get(lease.id()) != lease) {
        continue;
      }
      if (lease.endNanos() - nowNanos <= 0) {
        ended.add(lease);
      } else {
        enqueue(lease);
      }
    }
    return ended;
  }

  private void enqueue(Lease lease) {
    queue.add(new Due(lease.endNanos(), lease));
  }

  private long freeId() {
    long id = random.nextLong(1, Long.MAX_VALUE);
    return byId.containsKey(id) ? freeId() : id;
  }
}
