package dev.clearspan.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  void nobodyUsesGrafanaWithoutSigningIn() {
    assertThat(service("grafana").get("environment"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("GF_AUTH_ANONYMOUS_ENABLED", "false")
        .containsEntry("GF_SECURITY_ALLOW_EMBEDDING", "true")
        .doesNotContainKey("GF_SECURITY_ADMIN_PASSWORD");
    assertThat(service("grafana").get("entrypoint")).asString().contains("/dev/urandom");
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

  private Map<String, Object> service(String name) {
    return services.getOrDefault(name, Map.of());
  }
}
