package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Metadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed call sends with its status. */
final class Trailers {
  private static final Logger LOG = LoggerFactory.getLogger(Trailers.class);

  private Trailers() {}

  /** What the handler set and the failure's own; only the latter if both are too large together. */
  static Metadata of(Metadata set, Metadata ofFailure) {
    try {
      return set.plus(ofFailure);
    } catch (IllegalArgumentException e) {
      LOG.debug("trailers left out: {}", e.getMessage());
      return ofFailure;
    }
  }
}
