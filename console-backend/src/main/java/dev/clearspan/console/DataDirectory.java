package dev.clearspan.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory with users and traces, held by one console at a time. */
final class DataDirectory implements AutoCloseable {
  private final FileChannel channel;

  private DataDirectory(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the directory, making it if missing.
   *
   * @throws IllegalStateException if another console has it; the message says what to do
   */
  static DataDirectory take(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("console.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new IllegalStateException(
            "data directory "
                + directory.toAbsolutePath()
                + " is in use by another console (expected: one console per directory). Stop the"
                + " other one, or set CLEARSPAN_DATA_DIR to another directory.");
      }
      return new DataDirectory(channel);
    } catch (IOException e) {
      throw new IllegalStateException(
          "data directory "
              + directory.toAbsolutePath()
              + " cannot be used: "
              + e
              + " (expected: a directory this user may write to). Set CLEARSPAN_DATA_DIR.",
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Gives the directory free. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
