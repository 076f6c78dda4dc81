package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.ProtocolException;

/**
 * What the peer may still send us, in bytes: of one stream, or of all of a connection. Credit is
 * given back by halves of the window, so that it does not cost a frame a message. Loop-confined.
 */
final class ReceiveWindow {
  private final int size;
  private int left;
  private int owed;

  ReceiveWindow(int size) {
    this.size = size;
    this.left = size;
  }

  /**
   * DATA of this cost has come.
   *
   * @throws ProtocolException if the peer had no credit for it
   */
  void received(int cost, String where) {
    if (cost > left) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "DATA on %s costs %d (expected: <= %d, the credit left)".formatted(where, cost, left));
    }
    left -= cost;
  }

  /** Some of it is consumed; says how much credit to give back now, 0 for none. */
  int consumed(int cost) {
    owed += cost;
    if (owed < size / 2) {
      return 0;
    }
    int grant = owed;
    owed = 0;
    left += grant;
    return grant;
  }
}
