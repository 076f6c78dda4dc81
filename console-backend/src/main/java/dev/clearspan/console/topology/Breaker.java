package dev.clearspan.console.topology;

import dev.clearspan.protocol.BreakerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A breaker, computed and forced.
 *
 * @param method full name; empty for all
 * @param instance empty for all
 * @param since when it entered its computed state
 * @param probeAt when an open one lets the next probe through
 * @param processes caller processes in this state: those that report it; for a whole edge all of
 *     them, or while it is forced those that have applied that
 * @param callers caller processes with a channel to the service
 */
public record Breaker(
    String caller,
    String service,
    String method,
    String instance,
    BreakerState computed,
    @Nullable BreakerState forced,
    @Nullable Instant since,
    @Nullable Instant probeAt,
    String cause,
    @Nullable ForcedBy forcedBy,
    int processes,
    int callers,
    Red red) {

  /**
   * Who forced it, and the entry by which they did: it may name less than the breaker it holds, and
   * it is what has to be lifted.
   *
   * @param caller empty for all; so are method and instance
   * @param since null when no audit row is left that tells
   */
  public record ForcedBy(
      String author,
      String reason,
      String caller,
      String method,
      String instance,
      @Nullable Instant since,
      @Nullable Instant expiresAt) {}
}
