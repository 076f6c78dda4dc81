package dev.clearspan.console.metric;

import org.jspecify.annotations.Nullable;

/** The store gives no answer; the message says which, why, and what to do. */
public final class MetricStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MetricStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
