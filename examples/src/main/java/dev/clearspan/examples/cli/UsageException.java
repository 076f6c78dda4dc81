package dev.clearspan.examples.cli;

/** A command line that cannot be obeyed; the message says what was found and expected. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
