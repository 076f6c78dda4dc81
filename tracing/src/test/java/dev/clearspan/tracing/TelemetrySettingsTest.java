package dev.clearspan.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TelemetrySettingsTest {
  @Test
  void nothingSet_sendsEverythingToTheConsoleOnThisHost() {
    TelemetrySettings settings = settings(Map.of());

    assertThat(settings.exportSpans()).isTrue();
    assertThat(settings.exportMetrics()).isTrue();
    assertThat(settings.tracesEndpoint()).isEqualTo("http://127.0.0.1:4318/v1/traces");
    assertThat(settings.metricsEndpoint()).isEqualTo("http://127.0.0.1:4318/v1/metrics");
    assertThat(settings.sampleRate()).isEqualTo(1.0);
    assertThat(settings.pushInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.headers()).isEmpty();
  }

  @Test
  void oneSignalCanGoElsewhere() {
    TelemetrySettings settings =
        settings(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://tempo:4318/v1/traces"));

    assertThat(settings.tracesEndpoint()).isEqualTo("http://tempo:4318/v1/traces");
    assertThat(settings.metricsEndpoint()).isEqualTo("http://collector:4318/v1/metrics");
  }

  @Test
  void eachExporterCanBeTurnedOff() {
    assertThat(settings(Map.of("OTEL_TRACES_EXPORTER", "none")).exportSpans()).isFalse();
    assertThat(settings(Map.of("OTEL_METRICS_EXPORTER", "none")).exportMetrics()).isFalse();
    assertThat(settings(Map.of("OTEL_SDK_DISABLED", "TRUE")).exportSpans()).isFalse();
  }

  @Test
  void ourSampleRateWinsOverOpenTelemetrys() {
    assertThat(settings(Map.of("OTEL_TRACES_SAMPLER_ARG", "0.5")).sampleRate()).isEqualTo(0.5);
    assertThat(
            settings(
                    Map.of("OTEL_TRACES_SAMPLER_ARG", "0.5", "CLEARSPAN_TRACE_SAMPLE_RATE", "0.01"))
                .sampleRate())
        .isEqualTo(0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1", "NaN", "often", "", "1e999"})
  void aSampleRateThatMakesNoSense_isIgnored(String rate) {
    assertThat(settings(Map.of("CLEARSPAN_TRACE_SAMPLE_RATE", rate)).sampleRate()).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "99", "-5", "soon"})
  void aPushIntervalThatMakesNoSense_isIgnored(String millis) {
    assertThat(settings(Map.of("CLEARSPAN_METRIC_PUSH_INTERVAL_MILLIS", millis)).pushInterval())
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void headersAndAttributesArePercentDecodedAndJunkIsSkipped() {
    TelemetrySettings settings =
        settings(
            Map.of(
                "CLEARSPAN_INGEST_TOKEN", "s3cret",
                "OTEL_EXPORTER_OTLP_HEADERS", "x-team=shop%20floor,junk,=x,y=1+1",
                "OTEL_RESOURCE_ATTRIBUTES", "service.version=1.2,bad=%zz"));

    assertThat(settings.headers())
        .containsOnly(
            Map.entry("authorization", "Bearer s3cret"),
            Map.entry("x-team", "shop floor"),
            Map.entry("y", "1+1"));
    assertThat(settings.resourceAttributes())
        .containsOnly(Map.entry("service.version", "1.2"), Map.entry("bad", "%zz"));
  }

  private static TelemetrySettings settings(Map<String, String> environment) {
    return TelemetrySettings.from(environment::get);
  }
}
