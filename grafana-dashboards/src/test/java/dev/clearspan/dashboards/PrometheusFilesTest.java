package dev.clearspan.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that Prometheus and Grafana read at their start. */
final class PrometheusFilesTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path folder;

  @Test
  void prometheusAcceptsTheScrapeConfigAndTheRules() throws Exception {
    Path config = folder.resolve("prometheus.yml");
    Files.copy(Path.of("prometheus/prometheus.yml"), config);
    Files.createDirectories(folder.resolve("rules"));
    Files.copy(Path.of("prometheus/rules/clearspan.yml"), folder.resolve("rules/clearspan.yml"));

    assertThat(Tool.promtool("check", "config", config.toString()))
        .contains("5 rules found", "is valid prometheus config");
  }

  @Test
  void everyAlertFiresWhenItShouldAndNotBefore() throws Exception {
    assertThat(Tool.promtool("test", "rules", "prometheus/tests/clearspan_test.yml"))
        .contains("SUCCESS");
  }

  @Test
  void aRuleWithoutItsMetricWouldBeFound() throws Exception {
    String rules = Files.readString(Path.of("prometheus/rules/clearspan.yml"));
    Files.createDirectories(folder.resolve("rules"));
    Files.createDirectories(folder.resolve("tests"));
    Files.writeString(
        folder.resolve("rules/clearspan.yml"),
        rules.replace("clearspan_breaker_state", "clearspan_breaker_stat"));
    Path tests = folder.resolve("tests/clearspan_test.yml");
    Files.copy(Path.of("prometheus/tests/clearspan_test.yml"), tests);

    assertThatThrownBy(() -> Tool.promtool("test", "rules", tests.toString()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ClearspanBreakerOpen");
  }

  @Test
  void everyAlertIsTestedAndSaysWhatToDo() throws Exception {
    JsonNode rules = YAML.readTree(Path.of("prometheus/rules/clearspan.yml").toFile());
    String tests = Files.readString(Path.of("prometheus/tests/clearspan_test.yml"));

    List<JsonNode> alerts = stream(rules.at("/groups/0/rules"));
    assertThat(alerts).hasSize(5);
    assertThat(alerts)
        .allSatisfy(
            alert -> {
              assertThat(tests).contains("alertname: " + alert.get("alert").asText());
              assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
              assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
              assertThat(alert.at("/annotations/description").asText().length()).isGreaterThan(60);
            });
  }

  @Test
  void theDataSourcesHaveTheirFixedIds() throws Exception {
    JsonNode sources = YAML.readTree(Path.of("provisioning/datasources/clearspan.yml").toFile());

    assertThat(stream(sources.get("datasources")))
        .extracting(source -> source.get("uid").asText() + " " + source.get("type").asText())
        .containsExactly("clearspan-prometheus prometheus", "clearspan-traces jaeger");
  }

  @Test
  void dashboardsAreReadFromTheFolderThatComposeMounts() throws Exception {
    JsonNode provider =
        YAML.readTree(Path.of("provisioning/dashboards/clearspan.yml").toFile()).at("/providers/0");

    assertThat(provider.get("allowUiUpdates").asBoolean()).isFalse();
    assertThat(Files.readString(Path.of("../docker-compose.yml")))
        .contains("./grafana-dashboards/dashboards:" + provider.at("/options/path").asText());
  }

  private static List<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
