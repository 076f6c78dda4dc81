package dev.clearspan.rpc.internal.netty;

import java.util.concurrent.TimeUnit;

/**
 * Decides when a peer is silent: two pings, 500 ms apart, unanswered while calls are in flight. Any
 * byte from the peer counts as an answer. Looked at every {@link #LOOK_MILLIS}, so a peer that
 * stops is noticed at most 1.5 s after the first call that it leaves waiting. Loop-confined.
 */
final class PeerWatch {
  static final long LOOK_MILLIS = 100;

  private static final int MOST_MISSED = 2;

  private final long intervalNanos;
  private long lastPing;
  private int missed;
  private boolean outstanding;

  /** What to do now. */
  enum Verdict {
    NOTHING,
    PING,
    SILENT
  }

  PeerWatch(long intervalMillis) {
    this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
  }

  /** The peer sent something. */
  void heard() {
    outstanding = false;
    missed = 0;
  }

  Verdict look(boolean callsInFlight, long now) {
    if (!callsInFlight) {
      heard();
      return Verdict.NOTHING;
    }
    if (outstanding && now - lastPing < intervalNanos) {
      return Verdict.NOTHING;
    }
    if (outstanding && ++missed == MOST_MISSED) {
      return Verdict.SILENT;
    }
    if (!outstanding && lastPing != 0 && now - lastPing < intervalNanos) {
      return Verdict.NOTHING;
    }
    outstanding = true;
    lastPing = now;
    return Verdict.PING;
  }
}
