package dev.clearspan.console.web;

import dev.clearspan.rpc.Tls;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TLS of a port, as environment variables say it. */
public final class TlsSettings {
  private TlsSettings() {}

  /**
   * Reads {@code <prefix>_CERT}, {@code <prefix>_KEY} and {@code <prefix>_CLIENT_CA}; empty if none
   * is set.
   *
   * @throws IllegalArgumentException if one is missing; the message names it
   */
  public static Optional<Tls> from(Map<String, String> settings, String prefix) {
    String certificate = settings.get(prefix + "_CERT");
    String key = settings.get(prefix + "_KEY");
    String clients = settings.get(prefix + "_CLIENT_CA");
    if (certificate == null && key == null && clients == null) {
      return Optional.empty();
    }
    Tls tls =
        Tls.of(
            Path.of(required(prefix + "_CERT", certificate)),
            Path.of(required(prefix + "_KEY", key)));
    return Optional.of(
        clients == null ? tls : tls.trusting(Path.of(clients)).clients(Tls.Clients.REQUIRED));
  }

  private static String required(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(
          name + " is not set (expected: a PEM file, as the other half is set)");
    }
    return value;
  }
}
