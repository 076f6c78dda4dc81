package dev.clearspan.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this program was built: benchmarks/ and its modules. */
final class Install {
  private static final Path TARGET = ownTarget();

  private Install() {}

  /** benchmarks/target. */
  static Path target() {
    return TARGET;
  }

  /** What the JVMs of a peer need; "" is benchmarks itself. */
  static String classPath(String module) {
    if (module.isEmpty()) {
      return System.getProperty("java.class.path");
    }
    Path built = TARGET.resolveSibling(module).resolve("target");
    Path list = built.resolve("bench.classpath");
    if (!Files.isRegularFile(list)) {
      throw new IllegalStateException(
          list + ": not there (expected: built by mvn package, or by the launcher)");
    }
    try {
      return built.resolve("classes")
          + System.getProperty("path.separator")
          + Files.readString(list).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path ownTarget() {
    try {
      Path code =
          Path.of(Install.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return code.toAbsolutePath().resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
