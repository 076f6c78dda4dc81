package dev.clearspan.ctl.contract;

import com.google.protobuf.Message;
import dev.clearspan.ctl.Terminal;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles .proto files to descriptors, with the protoc that a build uses.
 *
 * @param program null: the one of {@code CLEARSPAN_PROTOC}, of the path, or that Maven has fetched
 * @param includes directories in which imports are looked up; none: those where packages begin
 */
public record Protoc(@Nullable Path program, List<Path> includes, Terminal terminal) {
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern PACKAGE =
      Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

  /** What .proto files import and no project has in its own directories. */
  private static final List<String> BUNDLED =
      List.of(
          "clearspan/options.proto",
          "google/protobuf/any.proto",
          "google/protobuf/api.proto",
          "google/protobuf/descriptor.proto",
          "google/protobuf/duration.proto",
          "google/protobuf/empty.proto",
          "google/protobuf/field_mask.proto",
          "google/protobuf/source_context.proto",
          "google/protobuf/struct.proto",
          "google/protobuf/timestamp.proto",
          "google/protobuf/type.proto",
          "google/protobuf/wrappers.proto");

  /**
   * Compiles files.
   *
   * @param given as the user named them: directories among them are where imports begin
   * @return a serialized descriptor set with imports and places in the files
   * @throws IllegalArgumentException if protoc is not found, or refuses them, with what it says
   */
  byte[] compile(List<Path> given, List<Path> sources) {
    try {
      Path directory = Files.createTempDirectory("clearspan-contract");
      try {
        return compile(given, sources, directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("protoc cannot be run: " + e.getMessage(), e);
    }
  }

  private byte[] compile(List<Path> given, List<Path> sources, Path directory) throws IOException {
    Path out = directory.resolve("out.binpb");
    Path log = directory.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(found(directory).toString());
    command.add("--descriptor_set_out=" + out);
    command.add("--include_imports");
    command.add("--include_source_info");
    roots(given, sources).forEach(root -> command.add("-I" + root));
    command.add("-I" + unpacked(directory.resolve("bundled")));
    sources.forEach(source -> command.add(source.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!isDone(process)) {
      process.destroyForcibly();
      throw new IllegalArgumentException("protoc took more than " + PATIENCE_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new IllegalArgumentException("protoc refuses them:\n" + Files.readString(log).strip());
    }
    return Files.readAllBytes(out);
  }

  private static boolean isDone(Process process) {
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Set<Path> roots(List<Path> given, List<Path> sources) throws IOException {
    Set<Path> roots = new LinkedHashSet<>(includes);
    if (roots.isEmpty()) {
      given.stream().filter(Files::isDirectory).forEach(roots::add);
      for (Path source : sources) {
        if (given.contains(source)) {
          roots.add(root(source));
        }
      }
    }
    return roots;
  }

  /** The directory in which the file's package begins: shop/orders.proto of package shop. */
  private static Path root(Path source) throws IOException {
    Path directory = Objects.requireNonNull(source.toAbsolutePath().getParent());
    Matcher declared = PACKAGE.matcher(Files.readString(source, StandardCharsets.UTF_8));
    Path within = declared.find() ? Path.of(declared.group(1).replace('.', '/')) : Path.of("");
    boolean asDeclared = !within.toString().isEmpty() && directory.endsWith(within);
    return asDeclared
        ? directory.resolve("../".repeat(within.getNameCount())).normalize()
        : directory;
  }

  private static Path unpacked(Path directory) throws IOException {
    for (String name : BUNDLED) {
      try (InputStream in = Protoc.class.getResourceAsStream("/" + name)) {
        if (in != null) {
          Path file = directory.resolve(name);
          Files.createDirectories(file.getParent());
          Files.copy(in, file);
        }
      }
    }
    return directory;
  }

  private Path found(Path directory) {
    return Optional.ofNullable(program)
        .or(() -> terminal.variable("CLEARSPAN_PROTOC").map(Path::of))
        .or(this::onPath)
        .or(() -> fetchedByMaven(directory))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "protoc: not found (expected: on the path, in --protoc or CLEARSPAN_PROTOC, or"
                        + " fetched by Maven: clearspan build does that)"));
  }

  private Optional<Path> onPath() {
    return terminal
        .variable("PATH")
        .flatMap(
            path ->
                Stream.of(path.split(File.pathSeparator))
                    .map(each -> Path.of(each, "protoc"))
                    .filter(Files::isExecutable)
                    .findFirst());
  }

  /** Beside the library that this program runs with, in the same repository. */
  private static Optional<Path> fetchedByMaven(Path directory) {
    Path library =
        Path.of(Message.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path versions = library.resolve("../../../protoc").normalize();
    try (Stream<Path> files = Files.walk(versions, 2)) {
      Optional<Path> newest =
          files
              .filter(file -> file.toString().endsWith(".exe"))
              .max(Comparator.comparing(Path::toString));
      return newest.isEmpty() ? newest : Optional.of(executable(newest.get(), directory));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Maven's files need not be; a copy is. */
  private static Path executable(Path file, Path directory) throws IOException {
    if (Files.isExecutable(file)) {
      return file;
    }
    Path copy = Files.copy(file, directory.resolve("protoc"));
    if (!copy.toFile().setExecutable(true)) {
      throw new IOException(copy + " cannot be made executable");
    }
    return copy;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
