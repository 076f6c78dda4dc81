package dev.clearspan.console.topology;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of a service.
 *
 * @param kind QUERY, WRITE or EXTERNAL; null when the service has not published its descriptors
 * @param idempotent null when not known
 */
public record MethodSummary(
    String method,
    @Nullable String kind,
    @Nullable Boolean idempotent,
    Red red,
    List<CallerRed> callers) {

  /** One caller's share. */
  public record CallerRed(String caller, Red red) {}
}
