package dev.clearspan.console.grafana;

/** Why a request is not passed on; said to whoever sent it. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;

  /**
   * @param status of the answer
   * @param detail what was found and expected
   */
  Refusal(int status, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
  }

  static Refusal malformed(String detail) {
    return new Refusal(400, "Malformed request", detail);
  }

  static Refusal forbidden(String detail) {
    return new Refusal(403, "Forbidden", detail);
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
