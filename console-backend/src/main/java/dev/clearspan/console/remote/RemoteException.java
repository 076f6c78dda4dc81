package dev.clearspan.console.remote;

import org.jspecify.annotations.Nullable;

/** The other server gave no usable answer; the message says which server, why, and what to do. */
public final class RemoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RemoteException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
