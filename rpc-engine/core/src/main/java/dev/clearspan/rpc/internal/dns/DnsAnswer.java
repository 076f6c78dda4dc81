package dev.clearspan.rpc.internal.dns;

import java.util.List;

/**
 * What a name server said to one question.
 *
 * @param <R> what the records hold
 */
public sealed interface DnsAnswer<R> {
  /**
   * Records, possibly none: the name exists, but has none of this type.
   *
   * @param ttlSeconds the shortest life of the records; 0 without any
   */
  record Found<R>(List<R> records, long ttlSeconds) implements DnsAnswer<R> {
    public Found {
      records = List.copyOf(records);
    }
  }

  /** There is no such name (NXDOMAIN). */
  record NoSuchName<R>() implements DnsAnswer<R> {}

  /** Nobody answered, or with an error: nothing is known. */
  record Failed<R>(String cause) implements DnsAnswer<R> {}
}
