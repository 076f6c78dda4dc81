package dev.clearspan.rpc.internal.transport;

/** Hears how an endpoint's connection is doing. Called on an event loop; must not block. */
@FunctionalInterface
public interface ConnectionListener {
  /** The connection is now in this state; {@code cause} says why, empty when READY. */
  void stateChanged(ConnectionState state, String cause);
}
