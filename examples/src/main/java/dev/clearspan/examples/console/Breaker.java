package dev.clearspan.examples.console;

import org.jspecify.annotations.Nullable;

/** A row of {@code GET /breakers}. */
public record Breaker(
    String caller,
    String service,
    String method,
    String instance,
    String computed,
    @Nullable String forced,
    String cause) {
  /** Whether this is about the calls of one service to another. */
  public boolean isBetween(String from, String to) {
    return caller.equals(from) && service.equals(to);
  }
}
