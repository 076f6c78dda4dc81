package dev.clearspan.etcd;

import dev.clearspan.etcd.EtcdSettings.Credentials;
import dev.clearspan.rpc.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How operators let a process into a protected etcd without a line of code: by environment
 * variables, all of which begin with {@code CLEARSPAN_ETCD_}.
 *
 * @param credentials null without {@code USER}
 * @param tls what {@code CA}, {@code CERT} and {@code KEY} say
 */
record EtcdAccess(@Nullable Credentials credentials, Tls tls) {
  private static final String PREFIX = "CLEARSPAN_ETCD_";

  static EtcdAccess fromEnvironment() {
    return of(System::getenv);
  }

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException if one needs another that is missing, or a file is unreadable
   */
  static EtcdAccess of(UnaryOperator<@Nullable String> environment) {
    return new EtcdAccess(credentials(environment), tls(environment));
  }

  private static @Nullable Credentials credentials(UnaryOperator<@Nullable String> environment) {
    String user = value(environment, "USER");
    if (user == null) {
      return null;
    }
    String password = value(environment, "PASSWORD");
    String file = value(environment, "PASSWORD_FILE");
    if (password == null && file == null) {
      throw new IllegalArgumentException(
          PREFIX
              + "USER: "
              + user
              + " without a password (expected: "
              + PREFIX
              + "PASSWORD_FILE or "
              + PREFIX
              + "PASSWORD too)");
    }
    return new Credentials(user, password == null ? content(Path.of(file)) : password);
  }

  private static Tls tls(UnaryOperator<@Nullable String> environment) {
    String authorities = value(environment, "CA");
    String certificate = value(environment, "CERT");
    String key = value(environment, "KEY");
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          PREFIX + "CERT and " + PREFIX + "KEY: only one is set (expected: both or none)");
    }
    Tls tls = Tls.DEFAULT;
    if (certificate != null && key != null) {
      tls = Tls.of(Path.of(certificate), Path.of(key));
    }
    return authorities == null ? tls : tls.trusting(Path.of(authorities));
  }

  private static @Nullable String value(UnaryOperator<@Nullable String> environment, String name) {
    String value = environment.apply(PREFIX + name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          PREFIX + "PASSWORD_FILE: " + e + " (expected: a readable file with the password)", e);
    }
  }
}
