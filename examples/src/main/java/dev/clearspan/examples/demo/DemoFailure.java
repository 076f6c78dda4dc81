package dev.clearspan.examples.demo;

/** The demo cannot go on; the message says what did not happen and where to look. */
final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailure(String message) {
    super(message);
  }
}
