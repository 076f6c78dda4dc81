package dev.clearspan.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prometheus' own checker. */
final class Promtool {
  private static final Path BINARY = Path.of("/usr/bin/promtool");

  private Promtool() {}

  /** Fails if {@code promtool check metrics} finds anything to say about the page. */
  static void check(byte[] page) throws IOException, InterruptedException {
    assertThat(Files.isExecutable(BINARY))
        .as("%s is missing; install it with: apt-get install prometheus", BINARY)
        .isTrue();
    Process process =
        new ProcessBuilder(BINARY.toString(), "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(page);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("promtool says: %s", said).isZero();
    assertThat(said).isEmpty();
  }
}
