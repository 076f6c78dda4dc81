package dev.clearspan.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules of Grafana's dashboard linter, and some of ours, on the files that Grafana reads. */
final class DashboardLintTest {
  private static final Pattern SELECTOR = Pattern.compile("[a-z_]+\\{([^}]*)}");
  private static final Pattern COUNTER =
      Pattern.compile("[a-z_]+_(total|count|bucket|sum)\\{[^}]*}(\\[\\$__rate_interval])?");
  private static final Set<String> UNITS = Set.of("reqps", "ops", "percentunit", "s", "short");

  static Stream<String> files() throws IOException {
    try (Stream<Path> found = Files.list(Path.of("dashboards"))) {
      return found.map(Path::toString).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theFileIsWhatTheCodeWrites(String file) throws IOException {
    assertThat(Files.readString(Path.of(file)))
        .as("%s is written by GenerateDashboards; see README.md", file)
        .isEqualTo(GenerateDashboards.files().get(Path.of(file).getFileName().toString()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theDashboardIsIdentifiedAndCannotBeEditedInGrafana(String file) throws IOException {
    JsonNode dashboard = read(file);

    assertThat(dashboard.get("uid").asText()).matches("clearspan-[a-z-]+");
    assertThat(dashboard.get("title").asText()).startsWith("Clearspan / ");
    assertThat(dashboard.get("description").asText()).isNotBlank();
    assertThat(dashboard.get("editable").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("files")
  void variablesFollowTheDataSourceAndTheTimeRange(String file) throws IOException {
    List<JsonNode> variables = list(read(file).at("/templating/list"));

    assertThat(variables)
        .extracting(variable -> variable.get("name").asText())
        .startsWith("datasource", "job", "instance");
    assertThat(variables.get(0).get("type").asText()).isEqualTo("datasource");
    assertThat(variables.subList(1, variables.size()))
        .allSatisfy(
            variable -> {
              assertThat(variable.at("/datasource/uid").asText()).isEqualTo("${datasource}");
              assertThat(variable.get("refresh").asInt()).as("on time change").isEqualTo(2);
              assertThat(variable.get("multi").asBoolean()).isTrue();
              assertThat(variable.get("includeAll").asBoolean()).isTrue();
              assertThat(variable.get("label").asText()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyPanelIsTitledDescribedAndHasAUnit(String file) throws IOException {
    List<JsonNode> panels = panels(file);

    assertThat(panels).isNotEmpty();
    assertThat(panels).extracting(panel -> panel.get("title").asText()).doesNotHaveDuplicates();
    assertThat(panels)
        .allSatisfy(
            panel -> {
              assertThat(panel.get("title").asText()).isNotBlank();
              assertThat(panel.get("description").asText().length()).isGreaterThan(20);
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isIn(UNITS);
              assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
              assertThat(list(panel.get("targets"))).isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyQueryIsScopedAndCountersAreUnderRate(String file) throws IOException {
    assertThat(targets(file))
        .allSatisfy(
            target -> {
              String expr = target.get("expr").asText();
              assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
              assertThat(target.get("legendFormat").asText()).isNotBlank();
              assertThat(selectors(expr))
                  .isNotEmpty()
                  .allSatisfy(
                      selector ->
                          assertThat(selector)
                              .contains("job=~\"$job\"", "instance=~\"$instance\""));
              assertThat(bareCounters(expr)).isEmpty();
              assertThat(expr.replace("[$__rate_interval]", "")).doesNotContain("[");
            });
  }

  @ParameterizedTest
  @MethodSource("files")
  void panelsDoNotOverlap(String file) throws IOException {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : list(read(file).get("panels"))) {
      JsonNode grid = panel.get("gridPos");
      for (int x = grid.get("x").asInt(); x < grid.get("x").asInt() + grid.get("w").asInt(); x++) {
        for (int y = grid.get("y").asInt();
            y < grid.get("y").asInt() + grid.get("h").asInt();
            y++) {
          assertThat(taken.add(x + "," + y)).as("%s at %d,%d", panel.get("title"), x, y).isTrue();
          assertThat(x).isLessThan(24);
        }
      }
    }
  }

  private static List<String> selectors(String expr) {
    return SELECTOR.matcher(expr).results().map(match -> match.group(1)).toList();
  }

  private static List<String> bareCounters(String expr) {
    List<String> bare = new ArrayList<>();
    Matcher counter = COUNTER.matcher(expr);
    while (counter.find()) {
      boolean rated = expr.substring(0, counter.start()).endsWith("rate(");
      if (!rated || counter.group(2) == null) {
        bare.add(counter.group());
      }
    }
    return bare;
  }

  private static List<JsonNode> targets(String file) throws IOException {
    return panels(file).stream().flatMap(panel -> list(panel.get("targets")).stream()).toList();
  }

  private static List<JsonNode> panels(String file) throws IOException {
    return list(read(file).get("panels")).stream()
        .filter(panel -> !panel.get("type").asText().equals("row"))
        .toList();
  }

  private static JsonNode read(String file) throws IOException {
    return new ObjectMapper().readTree(Path.of(file).toFile());
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
