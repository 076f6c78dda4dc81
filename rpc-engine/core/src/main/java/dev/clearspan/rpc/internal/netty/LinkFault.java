package dev.clearspan.rpc.internal.netty;

import java.util.Locale;

/** Why a connection to a server was lost. */
public enum LinkFault {
  /** The server, or something in between, closed or reset it. */
  CLOSED,
  /** Two pings went without a byte. */
  SILENT,
  /** The server said goodbye for a reason that is not its own end. */
  GOAWAY,
  /** What came is not the protocol. */
  PROTOCOL,
  /** The server is not the one that was meant. */
  WRONG_SERVER,
  /** No greeting in time. */
  HANDSHAKE;

  /** The value of the metric's attribute {@code error.type}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
