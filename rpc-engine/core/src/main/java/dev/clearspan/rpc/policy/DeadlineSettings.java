package dev.clearspan.rpc.policy;

import dev.clearspan.rpc.MethodKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long calls may take.
 *
 * @param timeout of a call that states none; null: by the method's kind
 * @param max upper bound of every deadline
 * @param attemptTimeout bound of one attempt; null: a third of the call's time for queries, else
 *     none
 */
public record DeadlineSettings(
    @Nullable Duration timeout, Duration max, @Nullable Duration attemptTimeout) {
  public static final DeadlineSettings DEFAULT =
      new DeadlineSettings(null, Duration.ofMinutes(5), null);

  /** Time a call may take when its caller asks for {@code wanted}, null for no wish. */
  public long callNanos(MethodKind kind, @Nullable Duration wanted) {
    Duration time = wanted != null ? wanted : timeout != null ? timeout : kind.defaultDeadline();
    return time.compareTo(max) < 0 ? time.toNanos() : max.toNanos();
  }

  /**
   * Time one attempt of a call may take that has {@code callNanos} in all.
   *
   * <p>A query's attempt is not cut below a third of what the query has when nobody waits further
   * up: with thirds of inherited thirds, the third service in a row would have 37 ms left of 1 s.
   */
  public long attemptNanos(MethodKind kind, long callNanos) {
    if (attemptTimeout != null) {
      return Math.min(attemptTimeout.toNanos(), callNanos);
    }
    if (kind != MethodKind.QUERY) {
      return callNanos;
    }
    return Math.min(callNanos, Math.max(callNanos, callNanos(kind, null)) / 3);
  }
}
