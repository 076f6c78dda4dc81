package dev.clearspan.ctl.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a contract from what a build leaves behind. */
public final class CandidateFiles {
  private static final String PROTO = ".proto";

  private CandidateFiles() {}

  /**
   * A serialized descriptor set: of one such file, of .proto files, of the generated classes in
   * jars and directories.
   *
   * @throws IllegalArgumentException if they are none of these, or several of these at once
   */
  public static byte[] read(List<Path> files, Protoc protoc) {
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new IllegalArgumentException(file + ": no such file");
      }
    }
    List<Path> sources = sources(files);
    if (!sources.isEmpty()) {
      return protoc.compile(files, sources);
    }
    if (files.stream().allMatch(CandidateFiles::holdsClasses)) {
      return GeneratedClasses.descriptors(files);
    }
    if (files.size() > 1) {
      throw new IllegalArgumentException(
          files + " (expected: one descriptor set; or .proto files; or jars and directories)");
    }
    try {
      return Files.readAllBytes(files.get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(files.get(0) + ": cannot be read", e);
    }
  }

  private static boolean holdsClasses(Path file) {
    return Files.isDirectory(file) || file.toString().endsWith(".jar");
  }

  /** All .proto files that are named, or are in directories that are. */
  private static List<Path> sources(List<Path> files) {
    List<Path> sources = new ArrayList<>();
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        try (Stream<Path> within = Files.walk(file)) {
          within.filter(each -> each.toString().endsWith(PROTO)).sorted().forEach(sources::add);
        } catch (IOException e) {
          throw new UncheckedIOException(file + ": cannot be read", e);
        }
      } else if (file.toString().endsWith(PROTO)) {
        sources.add(file);
      }
    }
    return sources;
  }
}
