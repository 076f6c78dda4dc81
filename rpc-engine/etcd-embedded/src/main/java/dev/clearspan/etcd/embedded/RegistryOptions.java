package dev.clearspan.etcd.embedded;

import dev.clearspan.rpc.Tls;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code clearspan registry} was asked for, in words of the command line. */
final class RegistryOptions {
  static final String HELP =
      """
      usage: clearspan registry [options]

      Runs a registry that needs no etcd: it speaks the etcd v3 API (keys, transactions, leases,
      watches, status), so that services, the console and etcdctl use it as they use etcd. Ctrl-C
      stops it. One process, one file; for production take an etcd cluster.

        --port N       port to listen on, 0 picks a free one (default 2379)
        --data DIR     where its file is (default .clearspan/registry)
        --host ADDRESS address to listen on (default 127.0.0.1); another than loopback needs all of:
        --cert FILE    its certificate chain, PEM
        --key FILE     the certificate's private key, PEM
        --ca FILE      authorities whose clients may connect, PEM

      Exit codes: 0 stopped; 1 it could not start; 2 wrong use.
      """;

  private static final List<String> NAMES =
      List.of("--port", "--data", "--host", "--cert", "--key", "--ca");

  private final Map<String, String> values = new HashMap<>();

  private RegistryOptions() {}

  /**
   * The settings that the arguments mean.
   *
   * @throws IllegalArgumentException naming the argument, and what is expected
   */
  static RegistrySettings settings(String... arguments) {
    RegistryOptions options = new RegistryOptions();
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "unknown option " + name + " (expected: one of " + String.join(", ", NAMES) + ")");
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(name + ": no value (expected: one)");
      }
      if (options.values.put(name, arguments[i + 1]) != null) {
        throw new IllegalArgumentException(name + ": given twice (expected: once)");
      }
    }
    return options.settings();
  }

  private RegistrySettings settings() {
    Path directory = Path.of(values.getOrDefault("--data", ".clearspan/registry"));
    return RegistrySettings.in(directory)
        .withPort(port())
        .at(values.getOrDefault("--host", "127.0.0.1"), tls());
  }

  private int port() {
    String text = values.getOrDefault("--port", String.valueOf(RegistrySettings.PORT));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--port: " + text + " (expected: 0 to 65535)", e);
    }
  }

  private @Nullable Tls tls() {
    String certificate = values.get("--cert");
    String key = values.get("--key");
    String authorities = values.get("--ca");
    if (certificate == null && key == null && authorities == null) {
      return null;
    }
    if (certificate == null || key == null || authorities == null) {
      throw new IllegalArgumentException(
          "--cert, --key, --ca: not all given (expected: all three, or none)");
    }
    return Tls.of(Path.of(certificate), Path.of(key))
        .trusting(Path.of(authorities))
        .clients(Tls.Clients.REQUIRED);
  }
}
