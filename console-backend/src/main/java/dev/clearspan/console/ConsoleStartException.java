package dev.clearspan.console;

/** The console cannot start; the message says what is in the way and what to do. */
public final class ConsoleStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConsoleStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
