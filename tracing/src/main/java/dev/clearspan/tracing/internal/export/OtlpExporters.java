package dev.clearspan.tracing.internal.export;

import io.opentelemetry.api.impl.InstrumentationUtil;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes OTLP exporters (http/protobuf) that send on threads of ours and neither log nor measure by
 * themselves: {@link ExportHealth} logs, once per outage, and the tally counts.
 */
public final class OtlpExporters implements AutoCloseable {
  private static final String THREAD_NAME = "clearspan-otlp";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

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
            Thread thread = new Thread(unseen(task), THREAD_NAME);
            thread.setDaemon(true);
            return thread;
          });

  public SpanExporter spans(OtlpTarget target) {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(target.endpoint())
            .setHeaders(target::headers)
            .setCompression(target.compression().word)
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setTimeout(target.timeout())
            .setExecutorService(executor)
            .setMeterProvider(MeterProvider.noop());
    byte[] trusted = trusted(target);
    return (trusted == null ? builder : builder.setTrustedCertificates(trusted)).build();
  }

  /** Metrics as deltas. */
  public MetricExporter metrics(OtlpTarget target) {
    OtlpHttpMetricExporterBuilder builder =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(target.endpoint())
            .setHeaders(target::headers)
            .setCompression(target.compression().word)
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setTimeout(target.timeout())
            .setExecutorService(executor)
            .setMeterProvider(MeterProvider.noop())
            .setAggregationTemporalitySelector(AggregationTemporalitySelector.deltaPreferred());
    byte[] trusted = trusted(target);
    return (trusted == null ? builder : builder.setTrustedCertificates(trusted)).build();
  }

  public LogRecordExporter logs(OtlpTarget target) {
    OtlpHttpLogRecordExporterBuilder builder =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(target.endpoint())
            .setHeaders(target::headers)
            .setCompression(target.compression().word)
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setTimeout(target.timeout())
            .setExecutorService(executor)
            .setMeterProvider(MeterProvider.noop());
    byte[] trusted = trusted(target);
    return (trusted == null ? builder : builder.setTrustedCertificates(trusted)).build();
  }

  /** Sending spans makes no spans, where the OpenTelemetry Java agent watches HTTP clients. */
  private static Runnable unseen(Runnable task) {
    return () -> InstrumentationUtil.suppressInstrumentation(task);
  }

  private static byte @Nullable [] trusted(OtlpTarget target) {
    try {
      return target.certificate() == null ? null : Files.readAllBytes(target.certificate());
    } catch (IOException e) {
      throw new UncheckedIOException(
          target.certificate() + " (expected: a readable file of certificates in PEM)", e);
    }
  }

  /** Abandons what is still being sent. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
