package dev.clearspan.console.registry;

/** A registry value that is not what its key promises. */
final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  InvalidValueException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
