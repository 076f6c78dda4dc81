package dev.clearspan.rpc.internal.http2;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections whose client makes us work for nothing: pings too often, or floods us with
 * SETTINGS, or opens calls only to reset them. Each kind has an allowance that its use lowers and
 * time restores; a call that is answered restores one reset. Loop-confined.
 */
final class FloodGuard {
  /** Resets, and stream errors, of a client none of whose calls is answered, in 30 s. */
  static final int MOST_RESETS = 200;

  /** SETTINGS in 30 s. */
  static final int MOST_SETTINGS = 100;

  /** Pings that came before their time. */
  static final int MOST_STRIKES = 10;

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final long pingMinimumNanos;
  private final Allowance resets = new Allowance(MOST_RESETS);
  private final Allowance settings = new Allowance(MOST_SETTINGS);
  private long lastPing;
  private int strikes;

  /** {@code pingMinimum} is the shortest time between two pings. */
  FloodGuard(Duration pingMinimum) {
    this.pingMinimumNanos = pingMinimum.toNanos();
  }

  void ping(long now) throws Http2Exception {
    boolean early = lastPing != 0 && now - lastPing < pingMinimumNanos;
    strikes = early ? strikes + 1 : Math.max(0, strikes - 1);
    lastPing = now;
    if (strikes > MOST_STRIKES) {
      throw calm("too_many_pings");
    }
  }

  void settings(long now) throws Http2Exception {
    if (!settings.take(now)) {
      throw calm("too_many_settings");
    }
  }

  /** The client reset a stream, or broke the rules of one. */
  void reset(long now) throws Http2Exception {
    if (!resets.take(now)) {
      throw calm("too_many_resets");
    }
  }

  /** A call was answered. Clients measure the way with a ping when they hear something. */
  void answered() {
    strikes = 0;
    lastPing = 0;
    resets.restore();
  }

  private static Http2Exception calm(String why) {
    return Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, why);
  }

  private static final class Allowance {
    private final int most;
    private int left;
    private long windowStart;

    Allowance(int most) {
      this.most = most;
      this.left = most;
    }

    boolean take(long now) {
      if (now - windowStart >= WINDOW_NANOS) {
        windowStart = now;
        left = most;
      }
      return left-- > 0;
    }

    void restore() {
      left = Math.min(most, left + 1);
    }
  }
}
