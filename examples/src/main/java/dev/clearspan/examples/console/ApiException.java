package dev.clearspan.examples.console;

/** The console answered something else than success; the message quotes it. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ApiException(String request, int status, String body) {
    super(request + ": HTTP " + status + ": " + body);
    this.status = status;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }
}
