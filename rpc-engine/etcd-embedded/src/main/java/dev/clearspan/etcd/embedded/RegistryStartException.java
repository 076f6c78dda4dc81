package dev.clearspan.etcd.embedded;

import org.jspecify.annotations.Nullable;

/** Why the registry cannot start; the message is for people. */
public final class RegistryStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
