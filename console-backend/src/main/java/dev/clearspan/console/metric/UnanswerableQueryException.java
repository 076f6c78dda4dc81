package dev.clearspan.console.metric;

/** A store cannot answer a query, which another could. */
public final class UnanswerableQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  UnanswerableQueryException(String field, String message) {
    super(message, null, false, false);
    this.field = field;
  }

  /** The parameter that cannot be answered. */
  public String field() {
    return field;
  }
}
