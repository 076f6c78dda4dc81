package dev.clearspan.examples.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A class data archive (JEP 350) that processes share: they start in a fraction of the time and
 * share the memory of their classes. It is made once per build and Java version, by a training run.
 */
final class ClassArchive {
  private static final Duration TRAINING_LIMIT = Duration.ofSeconds(60);

  private static final int TRAINING_HEAP_MEGABYTES = 256;

  private final JavaCommand java;
  private final String program;
  private final Path file;

  private ClassArchive(JavaCommand java, String program, Path file) {
    this.java = java;
    this.program = program;
    this.file = file;
  }

  /**
   * The archive of a program for this class path, which may not exist yet.
   *
   * @param program a word that {@link Training} knows
   */
  static ClassArchive in(Path directory, JavaCommand java, String program) throws IOException {
    Path file = directory.resolve(program + "-" + fingerprint(java) + ".jsa");
    return new ClassArchive(java, program, file);
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Whether there can be one: the JVM archives classes from jars only. */
  boolean isPossible() {
    return Arrays.stream(java.classPath().split(":")).map(Path::of).noneMatch(Files::isDirectory);
  }

  /** Arguments under which a JVM uses the archive; one that does not fit is ignored. */
  List<String> arguments() {
    return exists()
        ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:disable", "-Xlog:all=off")
        : List.of();
  }

  /**
   * Makes the archive. A demo without it is slower, not broken.
   *
   * @return whether it is there now
   */
  boolean build(Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    List<String> command =
        java.small(TRAINING_HEAP_MEGABYTES, List.of("-XX:ArchiveClassesAtExit=" + fresh));
    command.add(Training.class.getName());
    command.add(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process training = builder.start();
    try {
      if (!training.waitFor(TRAINING_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } finally {
      training.destroyForcibly();
    }
    if (training.exitValue() != 0 || !Files.exists(fresh)) {
      Files.deleteIfExists(fresh);
      return false;
    }
    deleteStale();
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Archives of earlier builds fit no class path any more. Processes that use one keep it. */
  private void deleteStale() throws IOException {
    try (DirectoryStream<Path> stale =
        Files.newDirectoryStream(file.getParent(), program + "-*.jsa")) {
      for (Path archive : stale) {
        Files.delete(archive);
      }
    }
  }

  /** Changes with the Java version and with any jar on the class path. */
  private static String fingerprint(JavaCommand java) throws IOException {
    StringBuilder text = new StringBuilder(Runtime.version().toString());
    for (String entry : java.classPath().split(":")) {
      Path path = Path.of(entry);
      text.append('\n').append(entry);
      if (Files.exists(path)) {
        text.append(Files.size(path)).append(Files.getLastModifiedTime(path));
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
