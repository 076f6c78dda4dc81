package dev.clearspan.chaos.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories that a run leaves no trace of. */
final class Directories {
  private Directories() {}

  static Path temporary() {
    try {
      return Files.createTempDirectory("clearspan-chaos");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes it with all that is in it; what another process removes meanwhile is no matter. */
  static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
