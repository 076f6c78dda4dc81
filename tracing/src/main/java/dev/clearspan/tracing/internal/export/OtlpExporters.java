package dev.clearspan.tracing.internal.export;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Filter;
import java.util.logging.Logger;

/**
 * Makes OTLP exporters (http/protobuf, gzip) that send on threads of ours and neither log nor
 * measure by themselves: {@link ExportHealth} logs, once per outage, and the tally counts.
 */
public final class OtlpExporters implements AutoCloseable {
  private static final String THREAD_NAME = "clearspan-otlp";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Held, because java.util.logging forgets loggers, and their filters, that nobody holds. */
  private static final Logger SDK_LOG =
      Logger.getLogger("io.opentelemetry.exporter.otlp.internal.HttpExporter");

  static {
    Filter before = SDK_LOG.getFilter();
    SDK_LOG.setFilter(
        record ->
            !Thread.currentThread().getName().equals(THREAD_NAME)
                && (before == null || before.isLoggable(record)));
  }

  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, THREAD_NAME);
            thread.setDaemon(true);
            return thread;
          });

  public SpanExporter spans(String endpoint, Map<String, String> headers) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint)
        .setHeaders(() -> headers)
        .setCompression("gzip")
        .setConnectTimeout(CONNECT_TIMEOUT)
        .setTimeout(TIMEOUT)
        .setExecutorService(executor)
        .setMeterProvider(MeterProvider.noop())
        .build();
  }

  /** Metrics as deltas. */
  public MetricExporter metrics(String endpoint, Map<String, String> headers) {
    return OtlpHttpMetricExporter.builder()
        .setEndpoint(endpoint)
        .setHeaders(() -> headers)
        .setCompression("gzip")
        .setConnectTimeout(CONNECT_TIMEOUT)
        .setTimeout(TIMEOUT)
        .setExecutorService(executor)
        .setMeterProvider(MeterProvider.noop())
        .setAggregationTemporalitySelector(AggregationTemporalitySelector.deltaPreferred())
        .build();
  }

  /** Abandons what is still being sent. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
