package dev.clearspan.console.outage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an instance is out of use, in a word. */
public enum OutageKind {
  /** Callers cannot reach it, or it told them that it does not serve. */
  UNREACHABLE,
  /** Callers leave it out because it does worse than the others. */
  OUTLIER,
  /** The breaker of one of its methods is not closed. */
  BREAKER,
  /** It is not ready, by its own checks. */
  NOT_READY,
  /** Its key vanished without a drain mark. */
  VANISHED;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
