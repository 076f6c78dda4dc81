package dev.clearspan.rpc.internal.netty;

import java.util.Locale;

/** Why a server ended a connection that had done nothing against its protocol. */
enum ClosedBecause {
  /** More than {@code connections}. */
  TOO_MANY,
  /** More than {@code connections-per-address}. */
  TOO_MANY_FROM_ADDRESS,
  /** More than {@code new-connections-per-address} within a second. */
  TOO_FAST_FROM_ADDRESS,
  /** No complete first frame or request within {@code handshake}. */
  HANDSHAKE,
  /** The TLS handshake failed. */
  TLS,
  /** Plaintext where TLS is demanded. */
  PLAINTEXT,
  /** Nothing heard for {@code idle}. */
  IDLE,
  /** Nothing taken for {@code write-stall} while bytes waited. */
  WRITE_STALL;

  /** The value of the metric's attribute {@code reason}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
