package dev.clearspan.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that the tests need. */
final class Tool {
  private Tool() {}

  static Path prometheus() {
    return installed("/usr/bin/prometheus");
  }

  /** Runs promtool and returns what it says; fails if it finds a fault. */
  static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(installed("/usr/bin/promtool").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s says: %s", command, said).isZero();
    return said;
  }

  private static Path installed(String path) {
    Path binary = Path.of(path);
    assertThat(Files.isExecutable(binary))
        .as("%s is missing; install it with: apt-get install prometheus", path)
        .isTrue();
    return binary;
  }
}
