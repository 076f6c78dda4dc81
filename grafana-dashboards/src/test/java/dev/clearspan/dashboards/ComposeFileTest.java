package dev.clearspan.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml, as far as it can be judged without a Docker daemon. */
final class ComposeFileTest {
  private static final Path ROOT = Path.of("..");

  private Map<String, Map<String, Object>> services = Map.of();

  @BeforeEach
  void read() throws Exception {
    try (InputStream file = Files.newInputStream(ROOT.resolve("docker-compose.yml"))) {
      Map<String, Map<String, Map<String, Object>>> compose =
          new Yaml(new LoaderOptions()).load(file);
      services = compose.getOrDefault("services", Map.of());
    }
  }

  @Test
  void everyServiceHasAHealthCheck() {
    assertThat(services).hasSizeGreaterThan(10).containsKeys("etcd", "console", "prometheus");
    assertThat(services.values())
        .allSatisfy(service -> assertThat(service).containsKey("healthcheck"));
  }

  @Test
  void everyMountedPathExists() {
    List<String> mounted = new ArrayList<>();
    for (Map<String, Object> service : services.values()) {
      for (Object volume : (List<?>) service.getOrDefault("volumes", List.of())) {
        String source = volume.toString().split(":", 2)[0];
        if (source.startsWith("./")) {
          mounted.add(source);
        }
      }
    }
    assertThat(mounted).hasSize(4).allSatisfy(source -> assertThat(ROOT.resolve(source)).exists());
  }

  @Test
  void portsAreOpenOnThisMachineOnly() {
    for (Map<String, Object> service : services.values()) {
      for (Object port : (List<?>) service.getOrDefault("ports", List.of())) {
        assertThat(port.toString()).startsWith("127.0.0.1:");
      }
    }
  }

  @Test
  void grafanaKnowsNobodyButWhomTheConsoleVouchesFor() {
    assertThat(service("grafana").get("environment"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("GF_AUTH_ANONYMOUS_ENABLED", "false")
        .containsEntry("GF_AUTH_BASIC_ENABLED", "false")
        .containsEntry("GF_AUTH_DISABLE_LOGIN_FORM", "true")
        .containsEntry("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION", "true")
        .containsEntry("GF_SECURITY_ALLOW_EMBEDDING", "true")
        .containsEntry("GF_AUTH_JWT_ENABLED", "true")
        .containsEntry("GF_AUTH_JWT_HEADER_NAME", "X-JWT-Assertion")
        .containsEntry("GF_AUTH_JWT_ROLE_ATTRIBUTE_STRICT", "true")
        .containsEntry("GF_AUTH_JWT_ALLOW_ASSIGN_GRAFANA_ADMIN", "false")
        .doesNotContainKey("GF_SECURITY_ADMIN_PASSWORD");
  }

  @Test
  void grafanaIsReachedThroughTheConsoleOnly() {
    Map<String, Object> grafana = service("grafana");
    assertThat(grafana).containsEntry("network_mode", "service:console").doesNotContainKey("ports");
    assertThat(environment("grafana"))
        .containsEntry("GF_SERVER_HTTP_ADDR", "127.0.0.1")
        .containsEntry("GF_SERVER_ROOT_URL", "http://127.0.0.1:8081/")
        .containsEntry("CLEARSPAN_PUBLIC_URL", environment("console").get("CLEARSPAN_PUBLIC_URL"));
    assertThat(environment("console"))
        .containsEntry("CLEARSPAN_GRAFANA_URL", "http://127.0.0.1:3000")
        .containsEntry("CLEARSPAN_GRAFANA_PORT", "8081");
    assertThat((List<?>) service("console").get("ports"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains("127.0.0.1:8081:8081");
  }

  @Test
  void whatTheConsoleLeaves_isWhereGrafanaLooks() throws Exception {
    String shared = String.valueOf(environment("console").get("CLEARSPAN_GRAFANA_SHARED_DIR"));
    assertThat(volumes("console")).contains("grafana-keys:" + shared);
    assertThat(volumes("grafana")).contains("grafana-keys:/etc/clearspan-grafana:ro");
    assertThat(environment("grafana"))
        .containsEntry("GF_AUTH_JWT_JWK_SET_FILE", "/etc/clearspan-grafana/jwks.json");
    Path sources = Path.of("provisioning/datasources/clearspan.yml");
    assertThat(Files.readString(sources))
        .contains("/etc/clearspan-grafana/traces-token")
        .contains("${CLEARSPAN_PUBLIC_URL}/traces/$${__value.raw}")
        .contains("http://127.0.0.1:8080/api/v1/jaeger");
  }

  @Test
  void theShopIsTheOneOfTheDemo() {
    assertThat(services.keySet())
        .contains("storefront-1", "orders-1", "ledger-1", "shopper-1")
        .contains("inventory-1", "inventory-2", "inventory-3")
        .contains("payments-1", "payments-2", "payments-3", "shipping-1", "shipping-2");
  }

  @Test
  void theMainClassesExist() {
    assertThat(ROOT.resolve("examples/src/main/java/dev/clearspan/examples/shop/Shop.java"))
        .exists();
    assertThat(ROOT.resolve("console-backend/src/main/java/dev/clearspan/console/Console.java"))
        .exists();
  }

  private List<String> volumes(String name) {
    return ((List<?>) service(name).getOrDefault("volumes", List.of()))
        .stream().map(Object::toString).toList();
  }

  private Map<String, Object> environment(String name) {
    Map<String, Object> typed = new HashMap<>();
    Map<?, ?> read = (Map<?, ?>) service(name).getOrDefault("environment", Map.of());
    read.forEach((key, value) -> typed.put(key.toString(), value));
    return typed;
  }

  private Map<String, Object> service(String name) {
    return services.getOrDefault(name, Map.of());
  }
}
