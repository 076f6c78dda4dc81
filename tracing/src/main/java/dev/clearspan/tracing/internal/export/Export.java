package dev.clearspan.tracing.internal.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for one export, whatever the exporter does. */
final class Export {
  /** A second more than the most that exporters give themselves. */
  private static final long PATIENCE_SECONDS = 61;

  private Export() {}

  /** How it ended: an exporter that throws has failed, and so has one without an answer. */
  static CompletableResultCode of(Supplier<CompletableResultCode> export) {
    try {
      return export.get().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (RuntimeException e) {
      return CompletableResultCode.ofExceptionalFailure(e);
    }
  }
}
