package dev.clearspan.examples.shop;

import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.examples.cli.CommandLine;
import dev.clearspan.examples.cli.UsageException;

/** Main class of every instance of the demo shop. */
public final class Shop {
  private static final int EXIT_USAGE = 2;

  private Shop() {}

  /** Runs one instance until the process is told to stop. */
  public static void main(String[] args) {
    try {
      CommandLine.Parsed parsed = ShopOptions.COMMAND_LINE.parse(args);
      if (parsed.has("--help")) {
        System.out.print(ShopOptions.COMMAND_LINE.help());
        return;
      }
      run(ShopOptions.of(parsed));
    } catch (UsageException e) {
      System.err.println("Shop: " + e.getMessage() + "\nSee --help.");
      System.exit(EXIT_USAGE);
    }
  }

  private static void run(ShopOptions options) {
    setIfAbsent("clearspan.service", options.role().service());
    setIfAbsent("clearspan.instance", options.instance());
    setIfAbsent("logback.configurationFile", "shop-logback.xml");
    EtcdRegistry registry = EtcdRegistry.connect(registryEndpoint());
    ShopNode node = ShopNode.start(options, registry);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  registry.close();
                },
                "drain"));
    node.awaitEnd();
  }

  private static String registryEndpoint() {
    String endpoint = System.getenv("CLEARSPAN_REGISTRY");
    return endpoint == null || endpoint.isBlank() ? "http://127.0.0.1:2379" : endpoint;
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
