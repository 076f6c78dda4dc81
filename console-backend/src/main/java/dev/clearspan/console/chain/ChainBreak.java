package dev.clearspan.console.chain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A place where a chain does not hold.
 *
 * @param position of the row in the chain, from 1 on; 0: it has none
 * @param revision of the registry at which the row was written; 0: it is none of the registry's
 * @param id of the row
 * @param detail what was found and what was expected
 */
public record ChainBreak(Kind kind, long position, long revision, String id, String detail) {
  /** What was done to the row. */
  public enum Kind {
    ALTERED,
    REMOVED,
    INSERTED,
    /** Nothing was done to the row, but to what the console had noted of it. */
    INDEX;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
