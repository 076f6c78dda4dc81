package dev.clearspan.rpc.control;

/** The registry did not answer in time. A change in flight may or may not have happened. */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
