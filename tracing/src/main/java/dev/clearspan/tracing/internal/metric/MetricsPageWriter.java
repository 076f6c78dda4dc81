package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.ledger.CallLedger.MetricsPage;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code /metrics}: OpenMetrics if the Accept header asks for it, else Prometheus' text.
 * Names follow OpenTelemetry's rules for Prometheus; the resource is {@code target_info}.
 * Thread-safe.
 */
public final class MetricsPageWriter {
  private final ProcessMetrics engineMetrics;
  private final CollectionRegistration userMetrics;
  private final PrometheusMetricReader converter =
      PrometheusMetricReader.builder().setOtelScopeLabelsEnabled(false).build();
  private final ExpositionFormats formats = ExpositionFormats.init();

  /**
   * A writer.
   *
   * @param userMetrics what user code measures with OpenTelemetry's API
   */
  public MetricsPageWriter(ProcessMetrics engineMetrics, CollectionRegistration userMetrics) {
    this.engineMetrics = engineMetrics;
    this.userMetrics = userMetrics;
    converter.register(
        new CollectionRegistration() {
          @Override
          public Collection<MetricData> collectAllMetrics() {
            return collect();
          }
        });
  }

  public MetricsPage write(@Nullable String acceptHeader) {
    ExpositionFormatWriter writer = formats.findWriter(acceptHeader);
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
    try {
      writer.write(body, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException("a buffer in memory refused the metrics page", e);
    }
    return new MetricsPage(writer.getContentType(), body.toByteArray());
  }

  /** The converter gives {@code target_info} no help text, which Prometheus' linter asks for. */
  private MetricSnapshots snapshots() {
    return new MetricSnapshots(
        converter.collect().stream()
            .map(snapshot -> snapshot instanceof InfoSnapshot info ? described(info) : snapshot)
            .toList());
  }

  private static MetricSnapshot described(InfoSnapshot info) {
    String name = info.getMetadata().getName();
    return new InfoSnapshot(
        new MetricMetadata(name, "Attributes of the process, by OpenTelemetry's resource."),
        info.getDataPoints());
  }

  private Collection<MetricData> collect() {
    List<MetricData> metrics = new ArrayList<>(userMetrics.collectAllMetrics());
    metrics.addAll(engineMetrics.page());
    return metrics;
  }
}
