package dev.clearspan.rpc.retry;

import dev.clearspan.rpc.Metadata;
import java.util.concurrent.TimeUnit;

/**
 * What a server wishes of those it turned away: the metadata {@code grpc-retry-pushback-ms} of its
 * reply says when to come again, or not to (gRPC proposal A6).
 */
public final class Pushback {
  /** Metadata key; the value is a decimal number of milliseconds. */
  public static final String KEY = "grpc-retry-pushback-ms";

  /** The server's wish not to be tried again. */
  public static final long NEVER = -1;

  /** It wishes nothing. */
  public static final long NONE = -2;

  private Pushback() {}

  /**
   * Nanoseconds to wait before the next attempt, {@link #NEVER} (also for what is no number), or
   * {@link #NONE}.
   */
  public static long nanos(Metadata metadata) {
    String wish = metadata.isEmpty() ? null : metadata.first(KEY);
    return wish == null ? NONE : nanos(wish);
  }

  private static long nanos(String wish) {
    try {
      int millis = Integer.parseInt(wish);
      return millis < 0 ? NEVER : TimeUnit.MILLISECONDS.toNanos(millis);
    } catch (NumberFormatException e) {
      return NEVER;
    }
  }
}
