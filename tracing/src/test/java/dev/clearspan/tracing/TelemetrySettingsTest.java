package dev.clearspan.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.tracing.internal.export.OtlpTarget;
import dev.clearspan.tracing.semconv.Conventions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TelemetrySettingsTest {
  @Test
  void nothingSet_sendsEverythingToTheConsoleOnThisHost() {
    TelemetrySettings settings = settings(Map.of());

    assertThat(traces(settings).endpoint()).isEqualTo("http://127.0.0.1:4318/v1/traces");
    assertThat(metrics(settings).endpoint()).isEqualTo("http://127.0.0.1:4318/v1/metrics");
    assertThat(traces(settings).headers()).isEmpty();
    assertThat(traces(settings).timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(traces(settings).compression()).isEqualTo(OtlpTarget.Compression.NONE);
    assertThat(traces(settings).certificate()).isNull();
    assertThat(settings.sampleRate()).isEqualTo(1.0);
    assertThat(settings.pushInterval()).as("the fleet's").isNull();
    assertThat(settings.logs())
        .isNotNull()
        .extracting("endpoint")
        .isEqualTo("http://127.0.0.1:4318/v1/logs");
    assertThat(settings.allLogs()).isFalse();
    assertThat(settings(Map.of("OTEL_LOGS_EXPORTER", "none")).logs()).isNull();
    assertThat(settings(Map.of("CLEARSPAN_LOGS", "all")).allLogs()).isTrue();
    assertThat(settings.conventions()).isEqualTo(Conventions.V1_44);
  }

  @ParameterizedTest
  @CsvSource({
    "http://host:4318, http://host:4318/v1/traces",
    "http://host:4318/, http://host:4318/v1/traces",
    "https://host, https://host/v1/traces",
    "http://host:4318/otlp, http://host:4318/otlp/v1/traces",
    "http://host/otlp/?tenant=a%20b, http://host/otlp/v1/traces?tenant=a%20b",
    "http://[::1]:4318, http://[::1]:4318/v1/traces"
  })
  void theEndpointOfAllSignalsGetsTheSignalsPath(String endpoint, String url) {
    assertThat(traces(settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint))).endpoint())
        .isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "http://tempo:4318/v1/traces, http://tempo:4318/v1/traces",
    "http://tempo:4318/, http://tempo:4318/",
    "http://tempo:4318, http://tempo:4318/",
    "http://tempo/a/b/, http://tempo/a/b/"
  })
  void theEndpointOfOneSignalIsTakenAsItIs(String endpoint, String url) {
    TelemetrySettings settings =
        settings(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://collector:4318/",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                endpoint));

    assertThat(traces(settings).endpoint()).isEqualTo(url);
    assertThat(metrics(settings).endpoint()).isEqualTo("http://collector:4318/v1/metrics");
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "ftp://host/", "http://", "http://a b/"})
  void anEndpointThatIsNoUrl_exportsNothing(String endpoint) {
    assertThat(settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)).traces()).isNull();
  }

  @Test
  void eachExporterCanBeTurnedOff() {
    assertThat(settings(Map.of("OTEL_TRACES_EXPORTER", "none")).traces()).isNull();
    assertThat(settings(Map.of("OTEL_METRICS_EXPORTER", "none")).metrics()).isNull();
    assertThat(settings(Map.of("OTEL_SDK_DISABLED", "TRUE")).traces()).isNull();
    TelemetrySettings elsewhere = settings(Map.of("CLEARSPAN_METRICS_EXPORTER", "none"));
    assertThat(elsewhere.metrics()).isNull();
    assertThat(elsewhere.traces()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http/json"})
  void aProtocolThatIsNotSpoken_exportsNothing(String protocol) {
    TelemetrySettings settings =
        settings(
            Map.of(
                "OTEL_EXPORTER_OTLP_PROTOCOL",
                protocol,
                "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
                "http/protobuf"));

    assertThat(settings.traces()).isNull();
    assertThat(settings.metrics()).isNotNull();
  }

  @Test
  void timeoutAndCompressionCanBeSetForAllOrForOneSignal() {
    TelemetrySettings settings =
        settings(
            Map.of(
                "OTEL_EXPORTER_OTLP_TIMEOUT", "2000",
                "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "500",
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                "OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "zip"));

    assertThat(traces(settings).timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(metrics(settings).timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(traces(settings).compression()).isEqualTo(OtlpTarget.Compression.GZIP);
    assertThat(metrics(settings).compression()).isEqualTo(OtlpTarget.Compression.NONE);
  }

  @Test
  void aCertificateThatCannotBeRead_exportsNothing(@TempDir Path folder) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Path present = Files.writeString(folder.resolve("ca.pem"), authority.getCertificatePEM());
    Path text = Files.writeString(folder.resolve("text.pem"), "some authority");

    assertThat(traces(settings(certificate(present))).certificate()).isEqualTo(present);
    assertThat(settings(certificate(folder.resolve("absent.pem"))).traces()).isNull();
    assertThat(settings(certificate(text)).traces()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'', V1_44",
    "http, V1_44",
    "rpc, NEWEST",
    "'http, rpc', NEWEST",
    "rpc/dup, BOTH",
    "'rpc,rpc/dup', BOTH"
  })
  void theOptInChoosesTheNames(String setting, Conventions conventions) {
    assertThat(settings(Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", setting)).conventions())
        .isEqualTo(conventions);
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
  void aPushIntervalThatMakesNoSense_isASecond(String millis) {
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

    assertThat(traces(settings).headers())
        .containsOnly(
            Map.entry("authorization", "Bearer s3cret"),
            Map.entry("x-team", "shop floor"),
            Map.entry("y", "1+1"));
    assertThat(settings.resourceAttributes())
        .containsOnly(Map.entry("service.version", "1.2"), Map.entry("bad", "%zz"));
  }

  private static Map<String, String> certificate(Path file) {
    return Map.of("OTEL_EXPORTER_OTLP_CERTIFICATE", file.toString());
  }

  private static OtlpTarget traces(TelemetrySettings settings) {
    return Objects.requireNonNull(settings.traces());
  }

  private static OtlpTarget metrics(TelemetrySettings settings) {
    return Objects.requireNonNull(settings.metrics());
  }

  private static TelemetrySettings settings(Map<String, String> environment) {
    return TelemetrySettings.from(environment::get);
  }
}
