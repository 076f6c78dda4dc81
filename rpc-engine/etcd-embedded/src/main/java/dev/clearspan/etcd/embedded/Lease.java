package dev.clearspan.etcd.embedded;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A lease and the keys that go with it. Used by the registry's thread only. */
final class Lease {
  private final long id;
  private final long ttlSeconds;
  private final SortedSet<ByteString> keys = new TreeSet<>(KeyRange.ORDER);
  private long endNanos;

  Lease(long id, long ttlSeconds, long nowNanos) {
    this.id = id;
    this.ttlSeconds = ttlSeconds;
    renew(nowNanos);
  }

  long id() {
    return id;
  }

  long ttlSeconds() {
    return ttlSeconds;
  }

  /** Its keys, in their order: a view. */
  SortedSet<ByteString> keys() {
    return Collections.unmodifiableSortedSet(keys);
  }

  void attach(ByteString key) {
    keys.add(key);
  }

  void detach(ByteString key) {
    keys.remove(key);
  }

  /** Gives it its whole time again. */
  void renew(long nowNanos) {
    endNanos = nowNanos + TimeUnit.SECONDS.toNanos(ttlSeconds);
  }

  void extend(long nanos) {
    endNanos += nanos;
  }

  long endNanos() {
    return endNanos;
  }

  /** Whole seconds left, at least 0. */
  long remainingSeconds(long nowNanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(endNanos - nowNanos));
  }
}
