package dev.clearspan.rpc.generic;

import org.jspecify.annotations.Nullable;

/** No such service or method in the descriptors. */
public final class UnknownMethodException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String suggestion;

  UnknownMethodException(String message, @Nullable String suggestion) {
    super(message);
    this.suggestion = suggestion;
  }

  /** The name that was probably meant; null if none is near. */
  public @Nullable String suggestion() {
    return suggestion;
  }
}
