package dev.clearspan.rpc.internal.http2;

import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * How often a server may be pinged that is not known to be ours. A stock gRPC server forgets what
 * it held against a client whenever it sends HEADERS or DATA; between two of these it takes one
 * ping in 5 minutes, forgives two more, and then hangs up with "too_many_pings" (gRPC proposal A8).
 * So two pings are allowed for each reply heard, and one in a little over 5 minutes without.
 * Loop-confined.
 */
final class PingAllowance implements LongPredicate {
  private static final int PER_REPLY = 2;
  private static final long WITHOUT_REPLY_NANOS = TimeUnit.SECONDS.toNanos(330);

  private int left = PER_REPLY;
  private long last;

  /** The server sent HEADERS or DATA. */
  void replyHeard() {
    left = PER_REPLY;
  }

  /** Whether a ping may be sent now; it then counts as sent. */
  @Override
  public boolean test(long now) {
    if (left > 0) {
      left--;
    } else if (now - last < WITHOUT_REPLY_NANOS) {
      return false;
    }
    last = now;
    return true;
  }
}
