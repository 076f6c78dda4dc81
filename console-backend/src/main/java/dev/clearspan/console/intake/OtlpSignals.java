package dev.clearspan.console.intake;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is done with each of OTLP's signals, however it comes. */
record OtlpSignals(Signal traces, Signal metrics, Signal logs) {
  private static final String PACKAGE = "opentelemetry.proto.collector.";

  /** By the names of OTLP's gRPC services. */
  Map<String, Signal> byName() {
    Map<String, Signal> named = new LinkedHashMap<>();
    named.put(PACKAGE + "trace.v1.TraceService", traces);
    named.put(PACKAGE + "metrics.v1.MetricsService", metrics);
    named.put(PACKAGE + "logs.v1.LogsService", logs);
    return named;
  }
}
