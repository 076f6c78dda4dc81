package dev.clearspan.console.layout;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Maps on wide screens and on narrow ones are arranged each for itself. */
public enum Arrangement {
  WIDE,
  NARROW;

  /** As the API writes it. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
