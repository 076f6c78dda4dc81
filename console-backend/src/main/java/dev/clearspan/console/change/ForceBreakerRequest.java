package dev.clearspan.console.change;

import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of the breakers toward a service.
 *
 * @param caller empty or null: all callers; so for method and instance
 */
public record ForceBreakerRequest(
    @Nullable String caller,
    @Nullable String method,
    @Nullable String instance,
    @Nullable State state,
    @Nullable String reason,
    @Nullable Long ttlSeconds) {

  /** Forced states, and the way back to what calls say. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN,
    DISABLED,
    /** Lifts what is forced. */
    AUTO
  }
}
