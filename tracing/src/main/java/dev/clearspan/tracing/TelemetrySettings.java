package dev.clearspan.tracing;

import dev.clearspan.tracing.internal.export.OtlpTarget;
import dev.clearspan.tracing.semconv.Conventions;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about telemetry. Each variable may be given as a system property too,
 * in lower case with dots ({@code OTEL_SDK_DISABLED}, {@code otel.sdk.disabled}); the property
 * wins. A value that makes no sense is logged and its default taken: telemetry stops no service.
 *
 * @param traces where spans are sent; null: nowhere
 * @param metrics where metrics are pushed; null: nowhere, {@code /metrics} is served anyway
 * @param logs where log records are sent; null: nowhere
 * @param allLogs whether those of no kept trace are sent, too
 * @param sampleRate share of traces that are kept, decided at their root; 0 to 1
 * @param keepLimit traces kept a second because of what happened in them
 * @param recording whether calls are recorded at first; without it they have ids and nothing else
 * @param pushInterval between two pushes of metrics; null: as the fleet's settings say
 * @param resourceAttributes more attributes of this process
 * @param env the environment this process belongs to
 * @param conventions which names are emitted
 */
record TelemetrySettings(
    @Nullable OtlpTarget traces,
    @Nullable OtlpTarget metrics,
    @Nullable OtlpTarget logs,
    boolean allLogs,
    double sampleRate,
    int keepLimit,
    boolean recording,
    @Nullable Duration pushInterval,
    Map<String, String> resourceAttributes,
    String env,
    Conventions conventions) {

  private static final String PUSH_INTERVAL = "CLEARSPAN_METRIC_PUSH_INTERVAL_MILLIS";

  TelemetrySettings {
    resourceAttributes = Map.copyOf(resourceAttributes);
  }

  static TelemetrySettings fromEnvironment() {
    return from(EnvironmentVariables.ofThisProcess());
  }

  static TelemetrySettings from(Function<String, @Nullable String> lookup) {
    return from(new EnvironmentVariables(lookup));
  }

  private static TelemetrySettings from(EnvironmentVariables variables) {
    return new TelemetrySettings(
        OtlpSettings.of("traces", variables),
        OtlpSettings.of("metrics", variables),
        OtlpSettings.of("logs", variables),
        variables.text("CLEARSPAN_LOGS", "traces").equalsIgnoreCase("all"),
        variables.number(
            "CLEARSPAN_TRACE_SAMPLE_RATE",
            variables.number("OTEL_TRACES_SAMPLER_ARG", 1.0, 0, 1),
            0,
            1),
        (int) variables.number("CLEARSPAN_TRACE_KEEP_LIMIT", 2_000, 1, 1_000_000),
        !variables.text("CLEARSPAN_RECORDER", "on").equalsIgnoreCase("off"),
        pushInterval(variables),
        variables.pairs("OTEL_RESOURCE_ATTRIBUTES"),
        variables.text("CLEARSPAN_ENV", "dev"),
        Conventions.optedIn(variables.text(Conventions.SETTING, "")));
  }

  private static @Nullable Duration pushInterval(EnvironmentVariables variables) {
    return variables.has(PUSH_INTERVAL)
        ? Duration.ofMillis((long) variables.number(PUSH_INTERVAL, 1_000, 100, 3_600_000))
        : null;
  }
}
