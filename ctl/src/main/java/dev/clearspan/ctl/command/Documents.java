package dev.clearspan.ctl.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Documents that commands read: a file's, or standard input's. */
final class Documents {
  private static final String STANDARD_INPUT = "-";

  private Documents() {}

  /**
   * A JSON document.
   *
   * @throws IllegalArgumentException if it is not there, or no JSON
   */
  static JsonNode json(String file) {
    return parse(file, text(file));
  }

  /**
   * A JSON text.
   *
   * @param from where it is from
   * @throws IllegalArgumentException if it is no JSON
   */
  static JsonNode parse(String from, String text) {
    try {
      return Ctl.json().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          from
              + ", line "
              + e.getLocation().getLineNr()
              + ": no JSON ("
              + e.getOriginalMessage()
              + ")",
          e);
    }
  }

  private static String text(String file) {
    try {
      return file.equals(STANDARD_INPUT)
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(file + ": no such file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }
}
