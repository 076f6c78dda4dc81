package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Deadline;

/** A call under way that ends at its deadline. */
public interface Expiring {
  Deadline deadline();

  /** The deadline has passed. */
  void expire();
}
