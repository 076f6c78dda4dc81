package dev.clearspan.ctl.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Remembers where somebody signed in, in a file that only its owner may read. */
public final class SignInFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public SignInFile(Path file) {
    this.file = file;
  }

  /** A console and who asks it. */
  public record SignIn(URI console, Credentials credentials) {}

  /**
   * What was remembered.
   *
   * @throws ConsoleException if the file is there and cannot be understood
   */
  public Optional<SignIn> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      URI console = URI.create(json.path("console").asText());
      String token = json.path("token").asText();
      return Optional.of(
          new SignIn(
              console,
              token.isEmpty()
                  ? new Credentials.Session(
                      json.path("cookie").asText(), json.path("csrfToken").asText())
                  : new Credentials.Bearer(token)));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConsoleException(
          file + ": not readable as a sign-in. Remove it, and use: clearspan ctl login");
    }
  }

  public void write(SignIn signIn) {
    ObjectNode json = JSON.createObjectNode().put("console", signIn.console().toString());
    if (signIn.credentials() instanceof Credentials.Bearer bearer) {
      json.put("token", bearer.token());
    } else if (signIn.credentials() instanceof Credentials.Session session) {
      json.put("cookie", session.cookie()).put("csrfToken", session.csrfToken());
    }
    try {
      Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh =
          Files.createTempFile(
              directory,
              "sign-in",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, json.toString());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be deleted", e);
    }
  }
}
