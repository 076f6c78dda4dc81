package dev.clearspan.console.trace;

/**
 * The store cannot be opened, read or written; the message says which file, why, and what to do.
 */
public class TraceStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TraceStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
