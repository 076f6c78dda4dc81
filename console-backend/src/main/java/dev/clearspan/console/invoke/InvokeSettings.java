package dev.clearspan.console.invoke;

import dev.clearspan.rpc.Tls;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the console reaches services that it calls.
 *
 * @param networks whose addresses are dialled; empty: {@link DialGuard#USUAL}
 * @param tls null: calls are made in plain text
 */
public record InvokeSettings(List<String> networks, @Nullable Tls tls) {
  static final String NETWORKS = "CLEARSPAN_INVOKE_NETWORKS";

  private static final String CA = "CLEARSPAN_INVOKE_CA";
  private static final String CERTIFICATE = "CLEARSPAN_INVOKE_CERT";
  private static final String KEY = "CLEARSPAN_INVOKE_KEY";

  public static final InvokeSettings DEFAULT = new InvokeSettings(List.of(), null);

  public InvokeSettings {
    networks = List.copyOf(networks);
    DialGuard.of(networks);
  }

  /**
   * By this process' environment; a system property such as {@code clearspan.invoke.networks} wins
   * over its variable.
   *
   * @throws IllegalArgumentException naming the setting, its value and what was expected
   */
  public static InvokeSettings ofThisProcess() {
    return from(
        name ->
            System.getProperty(
                name.toLowerCase(Locale.ROOT).replace('_', '.'), System.getenv(name)));
  }

  static InvokeSettings from(Function<String, @Nullable String> lookup) {
    String networks = text(lookup, NETWORKS);
    return new InvokeSettings(
        networks == null
            ? List.of()
            : Arrays.stream(networks.split(",")).map(String::strip).toList(),
        tls(text(lookup, CA), text(lookup, CERTIFICATE), text(lookup, KEY)));
  }

  private static @Nullable Tls tls(
      @Nullable String ca, @Nullable String certificate, @Nullable String key) {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          (key == null ? KEY : CERTIFICATE)
              + ": none (expected: a PEM file, since "
              + (key == null ? CERTIFICATE : KEY)
              + " is set)");
    }
    if (ca == null && certificate == null) {
      return null;
    }
    Tls own =
        certificate == null || key == null
            ? Tls.DEFAULT
            : Tls.of(Path.of(certificate), Path.of(key));
    return ca == null ? own : own.trusting(Path.of(ca));
  }

  private static @Nullable String text(Function<String, @Nullable String> lookup, String name) {
    String value = lookup.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
