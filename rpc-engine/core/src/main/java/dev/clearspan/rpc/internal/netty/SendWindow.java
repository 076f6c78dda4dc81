package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.ProtocolException;

/** What may still be sent, in bytes: of one stream, or of all of a connection. Loop-confined. */
final class SendWindow {
  private long left;

  SendWindow(int initial) {
    this.left = initial;
  }

  long left() {
    return left;
  }

  void take(int cost) {
    left -= cost;
  }

  /**
   * The peer has consumed some.
   *
   * @throws ProtocolException if it has never been sent so much
   */
  void grant(int increment) {
    left += increment;
    if (left > Integer.MAX_VALUE) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "WINDOW: credit of " + left + " bytes (expected: <= " + Integer.MAX_VALUE + ")");
    }
  }
}
