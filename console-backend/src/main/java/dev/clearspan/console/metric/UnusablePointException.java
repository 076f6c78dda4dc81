package dev.clearspan.console.metric;

/** A data point that cannot be counted; the message is for its sender. */
final class UnusablePointException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusablePointException(String message) {
    super(message);
  }
}
