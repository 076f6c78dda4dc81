package dev.clearspan.tracing.internal.record;

/** How an attempt ended, in the engine's words. */
public enum Outcome {
  OK,
  STATUS,
  NOT_SENT,
  REFUSED,
  UNKNOWN,
  CANCELLED,
  /** There was none. */
  NONE;

  private static final Outcome[] ALL = values();

  /** The outcome with the engine's word. */
  public static Outcome of(String word) {
    return word.equals("OK") ? OK : other(word);
  }

  private static Outcome other(String word) {
    return switch (word) {
      case "STATUS" -> STATUS;
      case "NOT_SENT" -> NOT_SENT;
      case "REFUSED" -> REFUSED;
      case "UNKNOWN" -> UNKNOWN;
      default -> CANCELLED;
    };
  }

  /** Whether a handler may have run. */
  public boolean mayHaveBeenServed() {
    return this != NONE && this != NOT_SENT && this != REFUSED;
  }

  static Outcome at(int ordinal) {
    return ALL[ordinal];
  }
}
