package dev.clearspan.console.change;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Overrides of several instances of a service, set together or not at all. */
public record BatchControlRequest(
    @Nullable String reason, @Nullable Long ttlSeconds, @Nullable Map<String, Part> instances) {

  /** One instance's override; what is left out is lifted. */
  public record Part(
      @Nullable Integer weight,
      @Nullable Boolean drain,
      @Nullable Boolean eject,
      @Nullable Boolean sticky) {}
}
