package dev.clearspan.rpc.limit;

import java.util.Locale;

/** Why a server did not run a call. */
public enum RefusalReason {
  /** It is being taken out of use. */
  DRAINING,
  /** Its limit of calls in flight, or the connection's. */
  IN_FLIGHT,
  /** The adaptive limit of calls in handlers. */
  ADAPTIVE,
  /** It waited too long for a thread. */
  QUEUE_TIME,
  /** No room to wait for a thread. */
  NO_THREAD,
  /** A fixed rate. */
  RATE,
  /** A fixed number in flight. */
  CONCURRENCY;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** Its name in metrics and metadata. */
  public String label() {
    return label;
  }
}
