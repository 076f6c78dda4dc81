package dev.clearspan.console.registry;

import dev.clearspan.protocol.Instance;
import java.time.Instant;

/**
 * An instance whose key was deleted.
 *
 * @param instance what the registry said of it last
 * @param at when the console learned of the deletion
 */
public record Departed(Instance instance, Instant at) {
  /** Whether it said good-bye by a drain mark. */
  public boolean drained() {
    return instance.getState() == Instance.State.DRAINING;
  }
}
