package dev.clearspan.examples.registry;

import dev.clearspan.etcd.embedded.EmbeddedRegistry;
import dev.clearspan.etcd.embedded.RegistrySettings;
import dev.clearspan.etcd.embedded.RegistryStartException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Main class of {@code clearspan console}. Where no registry is configured and none listens at
 * etcd's port, it runs one in this process, where the console looks for it by default.
 */
public final class ConsoleAndRegistry {
  private static final String CONSOLE = "dev.clearspan.console.Console";
  private static final Path DIRECTORY = Path.of(".clearspan/registry");
  private static final int CONNECT_MILLIS = 1_000;

  private ConsoleAndRegistry() {}

  /** Runs both, or the console alone, until told to stop. The arguments are the console's. */
  public static void main(String... arguments) throws ReflectiveOperationException {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "clearspan-console-logback.xml");
    }
    if (needsRegistry(System.getenv(), List.of(arguments))) {
      startRegistry();
    }
    try {
      Class.forName(CONSOLE).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the console has failed", e.getCause());
    }
  }

  /** Whether the console would look for a registry where there is none. */
  static boolean needsRegistry(Map<String, String> environment, List<String> arguments) {
    boolean isConfigured =
        arguments.contains("--registry")
            || !environment.getOrDefault("CLEARSPAN_REGISTRY", "").isBlank()
            || System.getProperty("clearspan.registry") != null;
    boolean asksForHelp = arguments.contains("--help") || arguments.contains("-h");
    return !isConfigured && !asksForHelp && !isTaken(RegistrySettings.PORT);
  }

  private static boolean isTaken(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void startRegistry() {
    try {
      EmbeddedRegistry registry = EmbeddedRegistry.start(RegistrySettings.in(DIRECTORY));
      Runtime.getRuntime().addShutdownHook(new Thread(registry::close, "registry-stop"));
    } catch (RegistryStartException e) {
      System.err.println("clearspan console: the registry cannot start: " + e.getMessage());
      System.exit(1);
    }
  }
}
