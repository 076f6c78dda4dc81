package dev.clearspan.examples.demo;

import dev.clearspan.etcd.embedded.RegistryMain;
import dev.clearspan.examples.shop.Shop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows how each part of the demo is started.
 *
 * @param token bearer token that the console takes
 */
record Processes(
    Workspace workspace,
    Endpoints endpoints,
    JavaCommand java,
    ClassArchive shopArchive,
    ClassArchive consoleArchive,
    String token) {
  private static final String ENVIRONMENT = "demo";
  private static final int SHOP_HEAP_MEGABYTES = 96;
  private static final int CONSOLE_HEAP_MEGABYTES = 384;
  private static final int REGISTRY_HEAP_MEGABYTES = 128;
  static final String CONSOLE_MAIN = "dev.clearspan.console.Console";
  static final String REGISTRY = "registry";

  /** The process that all others register with. */
  ChildSpec registry(DemoRegistry kind) {
    return switch (kind) {
      case EMBEDDED -> embedded();
      case ETCD -> etcd();
    };
  }

  private ChildSpec embedded() {
    List<String> command =
        java.tethered(
            REGISTRY_HEAP_MEGABYTES,
            shopArchive.arguments(),
            RegistryMain.class.getName(),
            "--port",
            String.valueOf(endpoints.registryPort()),
            "--data",
            workspace.data(REGISTRY).toString());
    return new ChildSpec(REGISTRY, command, Map.of(), workspace.log(REGISTRY));
  }

  /**
   * etcd, which the kernel ends with us (prctl PR_SET_PDEATHSIG): it does not read its input. The
   * signal comes when the thread ends that started it, so the main thread must do that.
   */
  private ChildSpec etcd() {
    String client = endpoints.registry();
    String peer = Endpoints.url(endpoints.etcdPeer());
    List<String> command =
        List.of(
            "setpriv",
            "--pdeathsig",
            "TERM",
            "etcd",
            "--name",
            "demo",
            "--data-dir",
            workspace.data("etcd").toString(),
            "--listen-client-urls",
            client,
            "--advertise-client-urls",
            client,
            "--listen-peer-urls",
            peer,
            "--initial-advertise-peer-urls",
            peer,
            "--initial-cluster",
            "demo=" + peer,
            "--log-level",
            "warn");
    return new ChildSpec(REGISTRY, command, Map.of(), workspace.log(REGISTRY));
  }

  ChildSpec console() {
    return new ChildSpec(
        "console",
        java.tethered(CONSOLE_HEAP_MEGABYTES, consoleArchive.arguments(), CONSOLE_MAIN),
        consoleEnvironment("console"),
        workspace.log("console"));
  }

  /** The console's settings, with its files under this name. */
  Map<String, String> consoleEnvironment(String files) {
    Map<String, String> environment = new HashMap<>(common());
    environment.put("CLEARSPAN_CONSOLE_PORT", String.valueOf(endpoints.console()));
    environment.put("CLEARSPAN_OTLP_PORT", String.valueOf(endpoints.otlp()));
    environment.put("CLEARSPAN_OTLP_GRPC_PORT", "0");
    environment.put("CLEARSPAN_DATA_DIR", workspace.data(files).toString());
    environment.put("CLEARSPAN_ADMIN_TOKEN", token);
    return environment;
  }

  ChildSpec shop(ShopPlan.Member member) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Shop.class.getName());
    arguments.add(member.role().service());
    arguments.addAll(List.of("--instance", member.id(), "--port", String.valueOf(member.port())));
    arguments.addAll(member.arguments());
    return new ChildSpec(
        member.id(),
        java.tethered(
            SHOP_HEAP_MEGABYTES, shopArchive.arguments(), arguments.toArray(String[]::new)),
        common(),
        workspace.log(member.id()));
  }

  /** The environment of every process of Clearspan. */
  Map<String, String> common() {
    return Map.of(
        "CLEARSPAN_REGISTRY", endpoints.registry(),
        "CLEARSPAN_ENV", ENVIRONMENT,
        "CLEARSPAN_SNAPSHOT_DIR", workspace.data("snapshots").toString(),
        "OTEL_EXPORTER_OTLP_ENDPOINT", endpoints.telemetry());
  }
}
