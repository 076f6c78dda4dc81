package dev.clearspan.examples.demo;

import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.shop.Rehearsal;
import java.net.URI;
import java.time.Duration;

/** What a process does whose loaded classes become a {@link ClassArchive}. */
public final class Training {
  static final String SHOP = "shop";
  static final String CONSOLE = "console";

  private static final Duration LIMIT = Duration.ofSeconds(40);

  private Training() {}

  /** Does what the named program does, for a moment, and ends. */
  public static void main(String[] args) throws ReflectiveOperationException {
    if (args[0].equals(SHOP)) {
      trainShop();
    } else {
      trainConsole();
    }
    System.exit(0);
  }

  private static void trainShop() {
    System.setProperty("clearspan.service", "training");
    System.setProperty("logback.configurationFile", "shop-logback.xml");
    try (EtcdRegistry registry = EtcdRegistry.connect(System.getenv("CLEARSPAN_REGISTRY"))) {
      if (!Rehearsal.run(registry)) {
        System.exit(1);
      }
    }
  }

  private static void trainConsole() throws ReflectiveOperationException {
    Runnable console = Tether.mainOf(Processes.CONSOLE_MAIN);
    Thread thread = new Thread(console, "console");
    thread.setDaemon(true);
    thread.start();
    URI address =
        URI.create(Endpoints.url(Integer.parseInt(System.getenv("CLEARSPAN_CONSOLE_PORT"))));
    if (!Await.that(LIMIT, () -> Health.isHealthy(address))) {
      System.exit(1);
    }
  }
}
