package dev.clearspan.console;

import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.MetricStore;
import dev.clearspan.console.metric.PrometheusMetricStore;
import dev.clearspan.console.metric.RecentFirst;
import dev.clearspan.console.remote.RemoteConfig;
import dev.clearspan.console.remote.RemoteJson;
import dev.clearspan.console.trace.JaegerTraceStore;
import dev.clearspan.console.trace.TraceStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where traces and metrics are asked for.
 *
 * @param jaeger asked for traces; null: the console's own file is
 * @param prometheus asked for metrics of more than 15 minutes ago; null: there are none
 * @param metricReach how far back Prometheus is asked, 1 hour to 10 years
 */
public record StoreConfig(
    @Nullable RemoteConfig jaeger, @Nullable RemoteConfig prometheus, Duration metricReach) {
  private static final int MOST_HOURS = 10 * 366 * 24;

  /** The console's own file and memory. Prometheus keeps 15 days unless told otherwise. */
  public static final StoreConfig DEFAULT = new StoreConfig(null, null, Duration.ofDays(15));

  /**
   * Reads settings by the names of their environment variables; what is unset keeps its default.
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  static StoreConfig from(Map<String, String> settings) {
    boolean jaeger = chosen(settings, "CLEARSPAN_TRACE_STORE", "h2", "jaeger");
    boolean prometheus = chosen(settings, "CLEARSPAN_METRIC_STORE", "memory", "prometheus");
    return new StoreConfig(
        jaeger ? RemoteConfig.from(settings, "Jaeger", "http://127.0.0.1:16686") : null,
        prometheus ? RemoteConfig.from(settings, "Prometheus", "http://127.0.0.1:9090") : null,
        hours(settings.get("CLEARSPAN_METRIC_HOURS")));
  }

  public StoreConfig withJaeger(@Nullable RemoteConfig value) {
    return new StoreConfig(value, prometheus, metricReach);
  }

  public StoreConfig withPrometheus(@Nullable RemoteConfig value) {
    return new StoreConfig(jaeger, value, metricReach);
  }

  /** The traces to ask for, given those that come to the console. */
  TraceStore traces(TraceStore own, Clock clock) {
    return jaeger == null ? own : new JaegerTraceStore(new RemoteJson(jaeger), own, clock);
  }

  /** The metrics to ask for, given those that come to the console. */
  MetricStore metrics(CallAggregates own, Clock clock) {
    return prometheus == null
        ? own
        : new RecentFirst(
            own, new PrometheusMetricStore(new RemoteJson(prometheus), metricReach, clock), clock);
  }

  private static boolean chosen(
      Map<String, String> settings, String name, String standard, String other) {
    String text = settings.getOrDefault(name, standard).strip();
    if (!text.equals(standard) && !text.equals(other)) {
      throw new IllegalArgumentException(
          name + ": \"" + text + "\" (expected: " + standard + " or " + other + ")");
    }
    return text.equals(other);
  }

  private static Duration hours(@Nullable String text) {
    if (text == null) {
      return DEFAULT.metricReach;
    }
    try {
      int hours = Integer.parseInt(text.strip());
      if (hours >= 1 && hours <= MOST_HOURS) {
        return Duration.ofHours(hours);
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw new IllegalArgumentException(
        "CLEARSPAN_METRIC_HOURS: \"" + text + "\" (expected: 1 to " + MOST_HOURS + ")");
  }
}
