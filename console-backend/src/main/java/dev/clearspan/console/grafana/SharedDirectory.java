package dev.clearspan.console.grafana;

import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.identity.Role;
import dev.clearspan.console.identity.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the console leaves for Grafana in a directory that both see: {@code jwks.json}, the public
 * keys for {@code [auth.jwt] jwk_set_file}, and {@code traces-token}, a token with the role viewer
 * for the Jaeger data source.
 */
final class SharedDirectory {
  private static final String TOKEN_NAME = "grafana-traces";

  private final Path directory;

  private SharedDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Takes the directory, making it if missing.
   *
   * @throws UncheckedIOException if it cannot be written to; the message says what to do
   */
  static SharedDirectory take(Path directory) {
    try {
      Files.createDirectories(directory);
      return new SharedDirectory(directory);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  void leaveKeys(SigningKeys keys) {
    write("jwks.json", keys.published());
  }

  /** Leaves a token, unless the one that lies there is still good. */
  void leaveToken(Identity identity) {
    Path file = directory.resolve("traces-token");
    try {
      boolean good =
          Files.exists(file) && identity.bearer(Files.readString(file).strip()).isPresent();
      if (!good) {
        write("traces-token", fresh(identity.tokens()));
        identity.log().record("console", "token.create", TOKEN_NAME, "viewer, left for Grafana");
      }
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** A new token; those that were lost before it end. */
  private static String fresh(Tokens tokens) {
    tokens.list().stream()
        .filter(token -> token.name().equals(TOKEN_NAME))
        .forEach(token -> tokens.delete(token.id()));
    return tokens.create(TOKEN_NAME, Role.VIEWER, null, null).secret();
  }

  private void write(String name, String text) {
    try {
      OwnerFile.writePublic(directory.resolve(name), text);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static UncheckedIOException unusable(Path directory, IOException e) {
    return new UncheckedIOException(
        directory
            + " cannot be written to: "
            + e.getMessage()
            + " (expected: a directory that the console writes and Grafana reads). Set"
            + " CLEARSPAN_GRAFANA_SHARED_DIR to another one, or leave it out.",
        e);
  }
}
