package dev.clearspan.etcd.embedded;

import java.util.List;

/** Main class of {@code clearspan registry}. */
public final class RegistryMain {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final String LOGGING = "logback.configurationFile";

  private RegistryMain() {}

  /** Runs a registry until it is told to stop. */
  public static void main(String... arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(RegistryOptions.HELP);
      return;
    }
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "clearspan-registry-logback.xml");
    }
    EmbeddedRegistry registry = start(settings(arguments));
    Thread stop = new Thread(registry::close, "clearspan-registry-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    registry.awaitEnd();
    if (!stop.isAlive()) {
      System.exit(EXIT_FAILED);
    }
  }

  private static RegistrySettings settings(String... arguments) {
    try {
      return RegistryOptions.settings(arguments);
    } catch (IllegalArgumentException e) {
      throw exit(e.getMessage() + "\nSee clearspan registry --help.", EXIT_USAGE);
    }
  }

  private static EmbeddedRegistry start(RegistrySettings settings) {
    try {
      return EmbeddedRegistry.start(settings);
    } catch (RegistryStartException | IllegalArgumentException e) {
      throw exit("the registry cannot start: " + e.getMessage(), EXIT_FAILED);
    }
  }

  private static IllegalStateException exit(String message, int code) {
    System.err.println("clearspan registry: " + message);
    System.exit(code);
    return new IllegalStateException(message);
  }
}
