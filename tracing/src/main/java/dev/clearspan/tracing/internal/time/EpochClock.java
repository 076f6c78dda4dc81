package dev.clearspan.tracing.internal.time;

import dev.clearspan.rpc.time.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Says what time of day a reading of the monotonic clock was. The two are compared again every
 * second, so that processes on one host agree although one of them runs for months. Thread-safe.
 */
public final class EpochClock {
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private final Clock wall;
  private volatile Anchor anchor;

  public EpochClock(Ticker ticker, Clock wall) {
    this.ticker = ticker;
    this.wall = wall;
    this.anchor = anchorNow();
  }

  /** The monotonic clock, now. */
  public long nanos() {
    return ticker.nanos();
  }

  /** Time of day now, in nanoseconds since 1970. */
  public long nowEpochNanos() {
    return epochNanos(ticker.nanos());
  }

  /** Time of day at a reading of the monotonic clock, in nanoseconds since 1970. */
  public long epochNanos(long nanos) {
    Anchor current = anchor;
    if (nanos - current.nanos > STALE_NANOS) {
      current = anchorNow();
      anchor = current;
    }
    return current.epochNanos + (nanos - current.nanos);
  }

  private Anchor anchorNow() {
    Instant now = wall.instant();
    return new Anchor(
        ticker.nanos(), TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
  }

  private record Anchor(long nanos, long epochNanos) {}
}
