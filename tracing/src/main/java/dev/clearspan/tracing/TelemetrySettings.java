package dev.clearspan.tracing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the environment says about telemetry. Each variable may be given as a system property too,
 * in lower case with dots ({@code OTEL_SDK_DISABLED}, {@code otel.sdk.disabled}); the property
 * wins. A value that makes no sense is logged and its default taken: telemetry stops no service.
 *
 * @param exportSpans whether spans are sent
 * @param exportMetrics whether metrics are pushed; {@code /metrics} is served anyway
 * @param tracesEndpoint full URL that takes spans
 * @param metricsEndpoint full URL that takes metrics
 * @param headers sent with every export
 * @param sampleRate share of traces that are kept, decided at their root; 0 to 1
 * @param keepLimit traces kept a second because of what happened in them
 * @param recording whether calls are recorded at first; without it they have ids and nothing else
 * @param pushInterval between two pushes of metrics
 * @param resourceAttributes more attributes of this process
 * @param env the environment this process belongs to
 */
record TelemetrySettings(
    boolean exportSpans,
    boolean exportMetrics,
    String tracesEndpoint,
    String metricsEndpoint,
    Map<String, String> headers,
    double sampleRate,
    int keepLimit,
    boolean recording,
    Duration pushInterval,
    Map<String, String> resourceAttributes,
    String env) {

  private static final Logger LOG = LoggerFactory.getLogger(TelemetrySettings.class);
  private static final String DEFAULT_ENDPOINT = "http://127.0.0.1:4318";

  TelemetrySettings {
    headers = Map.copyOf(headers);
    resourceAttributes = Map.copyOf(resourceAttributes);
  }

  static TelemetrySettings fromEnvironment() {
    return from(
        name ->
            System.getProperty(
                name.toLowerCase(Locale.ROOT).replace('_', '.'), System.getenv(name)));
  }

  static TelemetrySettings from(Function<String, @Nullable String> lookup) {
    Source source = new Source(lookup);
    boolean enabled = !source.text("OTEL_SDK_DISABLED", "false").equalsIgnoreCase("true");
    String base = withoutSlash(source.text("OTEL_EXPORTER_OTLP_ENDPOINT", DEFAULT_ENDPOINT));
    return new TelemetrySettings(
        enabled && !isNone(source.text("OTEL_TRACES_EXPORTER", "otlp")),
        enabled && !isNone(source.text("OTEL_METRICS_EXPORTER", "otlp")),
        source.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", base + "/v1/traces"),
        source.text("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", base + "/v1/metrics"),
        headers(source),
        source.number(
            "CLEARSPAN_TRACE_SAMPLE_RATE",
            source.number("OTEL_TRACES_SAMPLER_ARG", 1.0, 0, 1),
            0,
            1),
        (int) source.number("CLEARSPAN_TRACE_KEEP_LIMIT", 2_000, 1, 1_000_000),
        !source.text("CLEARSPAN_RECORDER", "on").equalsIgnoreCase("off"),
        Duration.ofMillis(
            (long) source.number("CLEARSPAN_METRIC_PUSH_INTERVAL_MILLIS", 1_000, 100, 3_600_000)),
        source.pairs("OTEL_RESOURCE_ATTRIBUTES"),
        source.text("CLEARSPAN_ENV", "dev"));
  }

  /** The console's token, if there is one, is a header like any other. */
  private static Map<String, String> headers(Source source) {
    Map<String, String> headers = new LinkedHashMap<>();
    String token = source.text("CLEARSPAN_INGEST_TOKEN", "");
    if (!token.isEmpty()) {
      headers.put("authorization", "Bearer " + token);
    }
    headers.putAll(source.pairs("OTEL_EXPORTER_OTLP_HEADERS"));
    return headers;
  }

  private static boolean isNone(String exporter) {
    return exporter.equalsIgnoreCase("none");
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Reads single settings; blank counts as absent. */
  private record Source(Function<String, @Nullable String> lookup) {
    String text(String name, String fallback) {
      String value = lookup.apply(name);
      return value == null || value.isBlank() ? fallback : value.trim();
    }

    double number(String name, double fallback, double min, double max) {
      String text = text(name, "");
      if (text.isEmpty()) {
        return fallback;
      }
      try {
        double value = Double.parseDouble(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        LOG.debug("{} is no number", name, e);
      }
      LOG.warn("{}: {} (expected: {} to {}); taking {}", name, text, min, max, fallback);
      return fallback;
    }

    /** {@code key=value,key=value}, values percent-encoded. */
    Map<String, String> pairs(String name) {
      Map<String, String> pairs = new LinkedHashMap<>();
      for (String pair : text(name, "").split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          pairs.put(pair.substring(0, equals).trim(), decoded(pair.substring(equals + 1).trim()));
        } else if (!pair.isBlank()) {
          LOG.warn("{}: {} (expected: key=value); ignored", name, pair);
        }
      }
      return pairs;
    }

    private static String decoded(String value) {
      try {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        LOG.warn("{} (expected: percent-encoded text); taken as it is: {}", value, e.getMessage());
        return value;
      }
    }
  }
}
