package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import java.time.Duration;

/** Closes connections whose peer pings more often than it was told to. Loop-confined. */
final class PingGuard {
  private static final int MOST_STRIKES = 10;

  private final long minimumNanos;
  private long last;
  private int strikes;

  PingGuard(Duration minimum) {
    this.minimumNanos = minimum.toNanos();
  }

  void heard(long now) {
    boolean early = last != 0 && now - last < minimumNanos;
    strikes = early ? strikes + 1 : Math.max(0, strikes - 1);
    last = now;
    if (strikes > MOST_STRIKES) {
      throw new ProtocolException(
          GoAway.Reason.TOO_MANY_PINGS,
          "pings closer than "
              + Duration.ofNanos(minimumNanos)
              + ": "
              + strikes
              + " (expected: <= "
              + MOST_STRIKES
              + ")");
    }
  }
}
