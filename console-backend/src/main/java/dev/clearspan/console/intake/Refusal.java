package dev.clearspan.console.intake;

/** A request that is not taken: the HTTP status, and what its sender should know. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  static Refusal malformed(String message) {
    return new Refusal(400, message);
  }

  static Refusal unauthorized(String message) {
    return new Refusal(401, message);
  }

  static Refusal tooLarge(String message) {
    return new Refusal(413, message);
  }

  static Refusal unsupported(String message) {
    return new Refusal(415, message);
  }

  /** The only refusal after which exporters send again. */
  static Refusal busy(String message) {
    return new Refusal(429, message);
  }

  static Refusal notImplemented(String message) {
    return new Refusal(501, message);
  }

  int status() {
    return status;
  }
}
