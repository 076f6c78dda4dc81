package dev.clearspan.console.topology;

import dev.clearspan.protocol.BreakerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A breaker, computed and forced.
 *
 * @param method full name; empty for all
 * @param instance empty for all
 * @param since when it entered its state
 * @param probeAt when an open one lets the next probe through
 * @param processes caller processes that report this state
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
    Red red) {

  /** Who forced it. */
  public record ForcedBy(String author, String reason, @Nullable Instant expiresAt) {}
}
