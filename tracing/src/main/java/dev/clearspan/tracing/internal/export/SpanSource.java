package dev.clearspan.tracing.internal.export;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/** Something finished that becomes spans, on the exporting thread. Immutable once offered. */
public interface SpanSource {
  /** How many spans it becomes. */
  int spans();

  /** Adds exactly that many. */
  void addTo(List<SpanData> batch);
}
