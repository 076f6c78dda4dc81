package dev.clearspan.console.recorder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shed ranges on disk, since the traces they explain outlive the console's process: a line
 * each, written anew as a whole. For one thread.
 */
final class ShedFile {
  private static final Logger LOG = LoggerFactory.getLogger(ShedFile.class);
  private static final String TAB = "\t";
  private static final int FIELDS = 6;

  private final Path file;

  ShedFile(Path directory) {
    this.file = directory.resolve("shed.tsv");
  }

  /** What was saved last; a line that cannot be read is left out and said so in the log. */
  List<ShedRange> load() {
    try {
      return Files.readAllLines(file).stream().flatMap(line -> parse(line).stream()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("{} cannot be read: searches do not know what was shed before", file, e);
      return List.of();
    }
  }

  void save(List<ShedRange> ranges) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, ranges.stream().map(ShedFile::line).collect(Collectors.joining()));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  private static String line(ShedRange range) {
    return String.join(
            TAB,
            plain(range.process()),
            plain(range.service()),
            range.from().toString(),
            range.to().toString(),
            Integer.toString(range.threshold()),
            Long.toString(range.count()))
        + "\n";
  }

  private static String plain(String name) {
    return name.replaceAll("\\s", " ");
  }

  private List<ShedRange> parse(String line) {
    String[] parts = line.split(TAB, -1);
    try {
      if (parts.length == FIELDS) {
        return List.of(
            new ShedRange(
                parts[0],
                parts[1],
                Instant.parse(parts[2]),
                Instant.parse(parts[3]),
                Integer.parseInt(parts[4]),
                Long.parseLong(parts[5])));
      }
    } catch (RuntimeException e) {
      LOG.debug("not a shed range: {}", line, e);
    }
    LOG.warn("{} has a line that is no shed range; it is left out", file);
    return List.of();
  }
}
