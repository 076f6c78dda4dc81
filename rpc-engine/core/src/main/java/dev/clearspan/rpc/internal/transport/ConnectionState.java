package dev.clearspan.rpc.internal.transport;

/** State of an endpoint's connection. */
public enum ConnectionState {
  /** First connect, handshake or HELLO under way. */
  CONNECTING,
  /** HELLO exchanged; calls are sent. */
  READY,
  /** The server said GOAWAY: calls in flight finish, new ones are NOT_SENT. */
  DRAINING,
  /**
   * Refused, reset, two pings missed with calls in flight, or another server answered. Reconnecting
   * goes on; calls are NOT_SENT meanwhile.
   */
  UNREACHABLE,
  /** Closed by us. */
  CLOSED
}
