package dev.clearspan.rpc.internal.transport;

/**
 * Hears how an endpoint's connections are doing: as a whole, and, for those that count, each of
 * them. Called on an event loop; must not block.
 */
@FunctionalInterface
public interface ConnectionListener {
  /** The endpoint is now in this state; {@code cause} says why, empty when READY. */
  void stateChanged(ConnectionState state, String cause);

  /** An attempt to connect is over: one connection more is READY, or none. */
  default void attempted(boolean connected) {}

  /**
   * The server stops or begins to serve, by its own word; it serves until it has said otherwise.
   */
  default void served(boolean serving) {}

  /**
   * A connection that was READY is over.
   *
   * @param errorType what was wrong, in a word; "" if nothing was
   */
  default void disconnected(String errorType) {}
}
