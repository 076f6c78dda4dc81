package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreConfigTest {
  @Test
  void unsetAllIsTheConsolesOwn() {
    assertThat(StoreConfig.from(Map.of())).isEqualTo(StoreConfig.DEFAULT);
  }

  @Test
  void readsFlagsAndVariables() {
    StoreConfig config =
        StoreConfig.from(
            CommandLine.settings(
                Map.of(
                    "CLEARSPAN_PROMETHEUS_URL", "http://unused",
                    "CLEARSPAN_PROMETHEUS_HOURS", "48",
                    "CLEARSPAN_PROMETHEUS_STEP_SECONDS", "120"),
                "--prometheus-url",
                "http://127.0.0.1:9090",
                "--jaeger-url",
                "http://127.0.0.1:16686"));
    assertThat(config.jaeger()).hasToString("Jaeger at http://127.0.0.1:16686");
    assertThat(config.prometheus()).hasToString("Prometheus at http://127.0.0.1:9090");
    assertThat(config.promReach().reach()).isEqualTo(Duration.ofDays(2));
    assertThat(config.promReach().shortestStep()).isEqualTo(Duration.ofMinutes(2));
    assertThat(CommandLine.HELP)
        .contains("--jaeger-url", "--prometheus-url", "CLEARSPAN_PROMETHEUS_STEP_SECONDS");
  }

  @Test
  void refusesNumbersOutOfRange() {
    for (String wrong : new String[] {"0", "87841", "1.5", ""}) {
      assertThatThrownBy(() -> StoreConfig.from(Map.of("CLEARSPAN_PROMETHEUS_HOURS", wrong)))
          .hasMessage("CLEARSPAN_PROMETHEUS_HOURS: \"%s\" (expected: 1 to 87840)".formatted(wrong));
    }
    assertThatThrownBy(() -> StoreConfig.from(Map.of("CLEARSPAN_PROMETHEUS_STEP_SECONDS", "4")))
        .hasMessageContaining("expected: 5 to 3600");
  }
}
