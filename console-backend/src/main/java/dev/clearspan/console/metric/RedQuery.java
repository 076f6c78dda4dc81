package dev.clearspan.console.metric;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which series to draw.
 *
 * @param service only calls to this service, null for all
 * @param method only this method
 * @param caller only calls by this service
 * @param groupBy one series per combination of these, empty for one series of all; with INSTANCE
 *     attempts are counted instead of calls
 * @param from start, null for 15 minutes before the end
 * @param to end, exclusive; null for the end of the last complete step
 */
public record RedQuery(
    @Nullable String service,
    @Nullable String method,
    @Nullable String caller,
    Set<GroupBy> groupBy,
    @Nullable Instant from,
    @Nullable Instant to) {
  public RedQuery {
    groupBy = Set.copyOf(groupBy);
  }

  /** What a series stands for. */
  public enum GroupBy {
    SERVICE,
    METHOD,
    CALLER,
    INSTANCE
  }
}
