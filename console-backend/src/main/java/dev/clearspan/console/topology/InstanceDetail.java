package dev.clearspan.console.topology;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clearspan.console.registry.Unreachable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance with all that is known of it. */
public record InstanceDetail(
    String id,
    InstanceState state,
    @Nullable Unreachable unreachable,
    String host,
    int port,
    String zone,
    String version,
    @Nullable Instant startedAt,
    Weights weight,
    Red red,
    @Nullable Control control,
    Map<String, String> tags,
    List<String> protocols,
    String incarnation,
    @Nullable String libraryVersion,
    @Nullable Long pid) {

  /** An operator's override. */
  public record Control(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer weight,
      boolean drain,
      boolean eject,
      String reason,
      String author,
      @Nullable Instant expiresAt,
      boolean sticky,
      long revision) {}
}
