package dev.clearspan.rpc.internal.netty;

import java.util.concurrent.TimeUnit;

/**
 * Decides when a peer is silent: two pings, 500 ms apart, unanswered while calls are in flight. Any
 * byte from the peer counts as an answer. Looked at every {@link #LOOK_MILLIS}, so a peer that
 * stops is noticed at most 1.5 s after the first call that it leaves waiting. A look that comes
 * late says that this process was stalled, not the peer, and counts for nothing. Loop-confined.
 */
final class PeerWatch {
  static final long LOOK_MILLIS = 100;

  private static final int MOST_MISSED = 2;

  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(3 * LOOK_MILLIS);

  private final long intervalNanos;
  private long lastLook;
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

  /** The first of a row of looks. */
  void begin(long now) {
    lastLook = now;
  }

  Verdict look(boolean callsInFlight, long now) {
    boolean late = now - lastLook > LATE_NANOS;
    lastLook = now;
    if (late && outstanding) {
      lastPing = now;
      return Verdict.NOTHING;
    }
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
