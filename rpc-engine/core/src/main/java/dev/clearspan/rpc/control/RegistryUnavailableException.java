package dev.clearspan.rpc.control;

import org.jspecify.annotations.Nullable;

/** The registry did not answer in time. A change in flight may or may not have happened. */
public final class RegistryUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
