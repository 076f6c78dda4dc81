package dev.clearspan.console;

import dev.clearspan.console.metric.PromReach;
import dev.clearspan.console.remote.RemoteConfig;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who else is asked for traces and metrics.
 *
 * @param jaeger asked for traces; null: only the console's own file is
 * @param prometheus asked for metrics of more than 15 minutes ago; null: there are none
 * @param promReach how much of Prometheus is asked for
 */
public record StoreConfig(
    @Nullable RemoteConfig jaeger, @Nullable RemoteConfig prometheus, PromReach promReach) {

  /** The console's own file and memory. */
  public static final StoreConfig DEFAULT = new StoreConfig(null, null, PromReach.DEFAULT);

  /**
   * Reads settings by the names of their environment variables; what is unset keeps its default.
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  static StoreConfig from(Map<String, String> settings) {
    PromReach standard = PromReach.DEFAULT;
    int hours = (int) standard.reach().toHours();
    int step = (int) standard.shortestStep().toSeconds();
    return new StoreConfig(
        RemoteConfig.from(settings, "Jaeger").orElse(null),
        RemoteConfig.from(settings, "Prometheus").orElse(null),
        new PromReach(
            Duration.ofHours(
                number(settings, "CLEARSPAN_PROMETHEUS_HOURS", hours, 1, PromReach.MOST_HOURS)),
            Duration.ofSeconds(
                number(
                    settings,
                    "CLEARSPAN_PROMETHEUS_STEP_SECONDS",
                    step,
                    PromReach.SHORTEST_STEP,
                    PromReach.LONGEST_STEP))));
  }

  public StoreConfig withJaeger(@Nullable RemoteConfig value) {
    return new StoreConfig(value, prometheus, promReach);
  }

  public StoreConfig withPrometheus(@Nullable RemoteConfig value) {
    return new StoreConfig(jaeger, value, promReach);
  }

  public StoreConfig withPromReach(PromReach value) {
    return new StoreConfig(jaeger, prometheus, value);
  }

  private static int number(
      Map<String, String> settings, String name, int standard, int least, int most) {
    String text = settings.get(name);
    if (text == null) {
      return standard;
    }
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw new IllegalArgumentException(
        name + ": \"" + text + "\" (expected: " + least + " to " + most + ")");
  }
}
