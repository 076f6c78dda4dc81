package dev.clearspan.rpc;

import java.time.Duration;

/**
 * A moment on {@link System#nanoTime}'s clock after which a call is pointless.
 *
 * @param atNanos the moment; may overflow like nanoTime itself, so compare by difference only
 */
public record Deadline(long atNanos) {
  /** The deadline that lies {@code duration} after {@code nowNanos}. */
  public static Deadline after(Duration duration, long nowNanos) {
    return new Deadline(nowNanos + duration.toNanos());
  }

  /** Nanoseconds left; zero or negative when it has passed. */
  public long remainingNanos(long nowNanos) {
    return atNanos - nowNanos;
  }

  public boolean isBefore(Deadline other) {
    return atNanos - other.atNanos < 0;
  }

  /** The earlier of the two. */
  public Deadline min(Deadline other) {
    return isBefore(other) ? this : other;
  }
}
