package dev.clearspan.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.clearspan.ctl.console.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever the API can do has a command. */
class EveryOperationTest {
  /** What has none, and why. */
  private static final Map<String, String> WITHOUT =
      Map.of(
          "GET /healthz", "the same as /api/v1/healthz, for load balancers",
          "GET /api/v1/oidc/sign-in", "of a browser",
          "GET /api/v1/oidc/callback", "of a browser",
          "GET /api/v1/grafana/jwks.json", "for Grafana",
          "PUT /api/v1/session/password", "of a browser's session",
          "DELETE /api/v1/sessions", "of a browser's sessions");

  /** Jaeger's query API is for Grafana; the same traces are in our own. */
  private static final String OF_JAEGER = "GET /api/v1/jaeger/api/";

  @Test
  void isAnOperationOrAnExceptionWithAReason() throws IOException {
    JsonNode paths =
        Ctl.json()
            .readTree(Files.readString(Path.of("../console-backend/openapi.json")))
            .path("paths");
    Set<String> offered = new TreeSet<>();
    paths
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            offered.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> known =
        Arrays.stream(Operation.values())
            .map(operation -> operation.method() + " " + operation.path())
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(WITHOUT.keySet());
    offered.removeIf(operation -> operation.startsWith(OF_JAEGER));
    assertThat(known).isEqualTo(offered);
  }

  @Test
  void isUsedByACommand() {
    JavaClasses classes = new ClassFileImporter().importPackages("dev.clearspan.ctl.command");
    Set<String> used =
        classes.stream()
            .flatMap(each -> each.getFieldAccessesFromSelf().stream())
            .filter(access -> access.getTargetOwner().isEquivalentTo(Operation.class))
            .map(access -> access.getTarget().getName())
            .collect(Collectors.toSet());
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Operation.values()).map(Enum::name).toList());
  }
}
