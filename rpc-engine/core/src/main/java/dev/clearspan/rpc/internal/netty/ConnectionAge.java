package dev.clearspan.rpc.internal.netty;

/**
 * Tells a connection's protocol, as a user event, that the connection has reached its age: its
 * client should use another one. A protocol that has no word for it ignores it.
 */
public enum ConnectionAge {
  REACHED
}
