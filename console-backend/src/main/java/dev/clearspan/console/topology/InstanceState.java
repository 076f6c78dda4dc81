package dev.clearspan.console.topology;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an instance does right now. */
public enum InstanceState {
  UP,
  DRAINING,
  /** Some callers cannot reach it, or its key vanished while calls to it still succeed. */
  SUSPECT,
  /** No caller can reach it, or its key is deleted. */
  GONE,
  EJECTED;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
