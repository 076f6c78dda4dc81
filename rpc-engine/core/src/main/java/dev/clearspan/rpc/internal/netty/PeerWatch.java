package dev.clearspan.rpc.internal.netty;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Decides when a peer is silent: two intervals, 500 ms by default, without any byte from it after a
 * ping while calls are in flight. Looked at every {@link #LOOK_MILLIS}, so a peer that stops is
 * noticed at most 1.5 s after the first call that it leaves waiting. A peer under suspicion is
 * pinged without calls, too: at once, after at most {@link #PROBE_MILLIS}, and ever less often, up
 * to {@link #MOST_TIMES} times that, for as long as it answers. A look that comes late says that
 * this process was stalled, not the peer, and counts for nothing. Loop-confined.
 */
public final class PeerWatch {
  public static final long LOOK_MILLIS = 100;

  /** Between the first two pings to a peer that is probed while it has no calls, or half of it. */
  static final long PROBE_MILLIS = 2_000;

  static final int MOST_TIMES = 8;

  private static final int MOST_MISSED = 2;

  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(3 * LOOK_MILLIS);
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS);

  private final long intervalNanos;
  private final LongPredicate mayPing;
  private long lastLook;
  private long lastPing;
  private int missed;
  private boolean outstanding;
  private boolean probed;
  private long probeMostNanos = PROBE_NANOS;
  private long probeNanos;

  /** What to do now. */
  public enum Verdict {
    NOTHING,
    PING,
    SILENT
  }

  /** A watch on a peer that may be pinged every so many milliseconds. */
  public PeerWatch(long intervalMillis) {
    this(intervalMillis, now -> true);
  }

  /** The same for a peer that may not always be pinged: asked before each ping with the time. */
  public PeerWatch(long intervalMillis, LongPredicate mayPing) {
    this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
    this.mayPing = mayPing;
  }

  /** The peer sent something. */
  public void heard() {
    outstanding = false;
    missed = 0;
  }

  /** Whether the peer is under suspicion, and so pinged without calls. */
  public void probe(boolean on) {
    if (on != probed) {
      probed = on;
      probeMostNanos = PROBE_NANOS;
      probeNanos = 0;
    }
  }

  /** Whether there is anything to look for: calls in flight, or a suspicion. */
  public boolean isNeeded(boolean callsInFlight) {
    return callsInFlight || probed;
  }

  /** The first of a row of looks. */
  public void begin(long now) {
    lastLook = now;
  }

  /** What is to be done now. */
  public Verdict look(boolean callsInFlight, long now) {
    boolean late = now - lastLook > LATE_NANOS;
    lastLook = now;
    if (late && outstanding) {
      lastPing = now;
      return Verdict.NOTHING;
    }
    if (!isNeeded(callsInFlight)) {
      heard();
      return Verdict.NOTHING;
    }
    boolean atRest = !callsInFlight && !outstanding;
    long every = atRest ? Math.max(intervalNanos, probeNanos) : intervalNanos;
    if (lastPing != 0 && now - lastPing < every) {
      return Verdict.NOTHING;
    }
    if (outstanding && ++missed == MOST_MISSED) {
      return Verdict.SILENT;
    }
    if (atRest) {
      drawProbe();
    }
    return ping(now);
  }

  /** Many watch one peer: they are not to ping it together. */
  private void drawProbe() {
    probeNanos = ThreadLocalRandom.current().nextLong(probeMostNanos / 2, probeMostNanos + 1);
    probeMostNanos = Math.min(MOST_TIMES * PROBE_NANOS, 2 * probeMostNanos);
  }

  /** One ping waits for its answer as well as two: without leave to ping, time still counts. */
  private Verdict ping(long now) {
    boolean allowed = mayPing.test(now);
    if (allowed || outstanding) {
      outstanding = true;
      lastPing = now;
    }
    return allowed ? Verdict.PING : Verdict.NOTHING;
  }
}
