package dev.clearspan.examples.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run keeps its files: {@code .clearspan/demo/run-PID}, or {@code .clearspan/demo/kept}
 * when its data shall outlive it. Logs stay until a later run finds that theirs has ended.
 */
record Workspace(Path root, boolean keep) {
  private static final String RUN = "run-";

  /** A fresh directory, or the kept one. Removes what runs that are no more have left. */
  static Workspace open(Path home, boolean keep) throws IOException {
    Path demo = home.resolve(".clearspan/demo");
    Files.createDirectories(demo);
    removeLeftovers(demo);
    Path root = demo.resolve(keep ? "kept" : RUN + ProcessHandle.current().pid());
    Files.createDirectories(root.resolve("logs"));
    Files.createDirectories(root.resolve("data"));
    return new Workspace(root, keep);
  }

  Path log(String name) {
    return root.resolve("logs").resolve(name + ".log");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path data(String name) {
    return root.resolve("data").resolve(name);
  }

  /** Deletes the data, unless it is to be kept. */
  void close() {
    if (!keep) {
      delete(root.resolve("data"));
    }
  }

  private static void removeLeftovers(Path demo) throws IOException {
    try (Stream<Path> runs = Files.list(demo)) {
      runs.filter(Workspace::isOfEndedRun).forEach(Workspace::delete);
    }
  }

  private static boolean isOfEndedRun(Path path) {
    String name = path.getFileName().toString();
    return name.matches(RUN + "[0-9]+")
        && ProcessHandle.of(Long.parseLong(name.substring(RUN.length()))).isEmpty();
  }

  private static void delete(Path path) {
    try (Stream<Path> content = Files.walk(path)) {
      List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
