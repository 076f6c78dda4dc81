package dev.clearspan.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java installation that contestants run on.
 *
 * @param home its directory
 * @param version as its release file says
 */
record Jdk(Path home, String version) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([^\"]+)\"");
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().toString());
  }

  /** By directory, or by feature release among those installed. */
  static Jdk find(String directoryOrRelease) {
    Path home = Path.of(directoryOrRelease);
    if (Files.isExecutable(home.resolve("bin/java"))) {
      return new Jdk(home, versionOf(home));
    }
    return installed().stream()
        .filter(jdk -> directoryOrRelease.equals(Integer.toString(jdk.feature())))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--jdk: "
                        + directoryOrRelease
                        + " (expected: the directory of a JDK, or one of the releases "
                        + installed().stream().map(Jdk::feature).sorted().distinct().toList()
                        + ")"));
  }

  int feature() {
    return Integer.parseInt(version.split("[.+-]", 2)[0]);
  }

  /** The command that starts a contestant's JVM, up to its class path. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC"));
    if (feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    return command;
  }

  private static List<Jdk> installed() {
    if (!Files.isDirectory(INSTALLED)) {
      return List.of(running());
    }
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .map(home -> new Jdk(home, versionOf(home)))
          .toList();
    } catch (IOException e) {
      return List.of(running());
    }
  }

  private static String versionOf(Path home) {
    try {
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      if (version.find()) {
        return version.group(1);
      }
    } catch (IOException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "JDK: " + home + " (expected: a file release with JAVA_VERSION in it)");
  }
}
