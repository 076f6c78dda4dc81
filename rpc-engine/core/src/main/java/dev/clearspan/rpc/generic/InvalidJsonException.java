package dev.clearspan.rpc.generic;

/** A text that is not the JSON form of the message it should be. */
public final class InvalidJsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidJsonException(String message, String field, Throwable cause) {
    super(message, cause);
    this.field = field;
  }

  /** Path of the field at fault, such as "lines[2].quantity"; "" if it is no JSON at all. */
  public String field() {
    return field;
  }
}
