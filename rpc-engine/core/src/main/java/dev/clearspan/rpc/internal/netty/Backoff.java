package dev.clearspan.rpc.internal.netty;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Delays between attempts to connect: full jitter under a cap that doubles from 0.1 to 10 s. */
public final class Backoff {
  private static final long FIRST_CAP = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LAST_CAP = TimeUnit.SECONDS.toNanos(10);

  private long cap = FIRST_CAP;

  /** What to wait before the next attempt. */
  public long nextNanos() {
    long delay = ThreadLocalRandom.current().nextLong(cap + 1);
    cap = Math.min(LAST_CAP, 2 * cap);
    return delay;
  }

  /** The last connection was good. */
  public void reset() {
    cap = FIRST_CAP;
  }
}
