package dev.clearspan.tracing.internal.export;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log once when a collector stops taking data, and once when it takes it again. Used by
 * one exporting thread.
 */
final class ExportHealth {
  private static final Logger LOG = LoggerFactory.getLogger("dev.clearspan.tracing.export");

  private static final int TOO_LARGE = 413;

  private final String what;
  private final String endpoint;
  private boolean failing;
  private long failingSince;

  ExportHealth(String what, String endpoint) {
    this.what = what;
    this.endpoint = endpoint;
  }

  void failed(@Nullable Throwable cause, String consequence, long nowNanos) {
    if (failing) {
      return;
    }
    failing = true;
    failingSince = nowNanos;
    LOG.warn(
        "{} cannot be delivered to {}: {}; {}. Start a console or collector there, set"
            + " OTEL_EXPORTER_OTLP_ENDPOINT, or turn it off with OTEL_SDK_DISABLED=true",
        what,
        endpoint,
        reasonOf(cause),
        consequence);
  }

  void succeeded(long nowNanos) {
    if (failing) {
      failing = false;
      Duration outage = Duration.ofNanos(nowNanos - failingSince);
      LOG.info("{} are delivered to {} again, after {} s", what, endpoint, outage.toSeconds());
    }
  }

  /** Whether the collector wants less at once: HTTP status 413. */
  static boolean isTooLarge(@Nullable Throwable cause) {
    return cause instanceof HttpExportException http
        && http.getResponse() != null
        && http.getResponse().getStatusCode() == TOO_LARGE;
  }

  private static String reasonOf(@Nullable Throwable cause) {
    if (cause instanceof HttpExportException http && http.getResponse() != null) {
      return "HTTP status " + http.getResponse().getStatusCode();
    }
    return cause == null ? "no answer in time" : rootOf(cause).toString();
  }

  private static Throwable rootOf(Throwable cause) {
    Throwable root = cause;
    for (int depth = 0; depth < 8 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
