package dev.clearspan.console.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The H2 database file: opened, or moved aside when it is damaged. A file that was there is first
 * opened for reading only, because H2 makes an empty database out of a file whose index it cannot
 * find, and would overwrite it.
 */
final class TraceFile implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TraceFile.class);
  private static final String NAME = "traces";
  private static final String SUFFIX = ".mv.db";
  // H2's own table of tables.
  private static final String FIRST_TABLE = "table.0";
  private static final int READERS = 8;
  // Disk writes may lag 500 ms behind a commit: a kill loses at most that and what waits for a
  // commit.
  private static final String SETTINGS =
      ";WRITE_DELAY=500;RETENTION_TIME=1000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;CACHE_SIZE=32768";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private final Path path;
  private final Connection writer;
  private final JdbcConnectionPool readers;
  private final String notice;

  private TraceFile(Path path, Connection writer, JdbcConnectionPool readers, String notice) {
    this.path = path;
    this.writer = writer;
    this.readers = readers;
    this.notice = notice;
  }

  /**
   * Opens the file in the directory, or makes one.
   *
   * @param now names a damaged file that is moved aside
   * @throws TraceStoreException if another process has it open, or it can be neither opened nor
   *     moved
   */
  static TraceFile open(Path directory, Instant now) {
    Path path = directory.toAbsolutePath().normalize().resolve(NAME + SUFFIX);
    String notice = "";
    try {
      Files.createDirectories(path.getParent());
      if (Files.exists(path)) {
        notice = probe(path, now);
      }
      return open(path, notice);
    } catch (SQLException e) {
      throw unopened(path, e);
    } catch (IOException e) {
      throw new TraceStoreException(
          "Trace store " + path + " cannot be made or moved: " + e.getMessage(), e);
    }
  }

  /** For the one thread that writes. */
  Connection writer() {
    return writer;
  }

  /** A connection for reading, to be closed. */
  Connection reader() throws SQLException {
    try {
      return readers.getConnection();
    } catch (IllegalStateException e) {
      throw new SQLException("the store is closed", e);
    }
  }

  long bytes() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new TraceStoreException(
          "Trace store " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  /** What happened while opening, empty if nothing. */
  String notice() {
    return notice;
  }

  @Override
  public void close() {
    readers.dispose();
    try {
      writer.close();
    } catch (SQLException e) {
      log.warn(
          "Trace store {} did not close cleanly; it is checked when it is opened again", path, e);
    }
  }

  private static TraceFile open(Path path, String notice) throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url(path) + SETTINGS);
    source.setUser("sa");
    Connection writer = source.getConnection();
    try (Statement statement = writer.createStatement()) {
      statement.execute(SliceCatalog.CREATE);
      // On disk from the first moment, so that a file without tables is always a damaged one.
      statement.execute("CHECKPOINT SYNC");
      writer.setAutoCommit(false);
    } catch (SQLException e) {
      writer.close();
      throw e;
    }
    JdbcConnectionPool readers = JdbcConnectionPool.create(source);
    readers.setMaxConnections(READERS);
    return new TraceFile(path, writer, readers, notice);
  }

  /** Says what was done about a damaged file; empty if it is sound. */
  private static String probe(Path path, Instant now) throws IOException {
    if (Files.size(path) == 0) {
      return asideWith(path, now, "it is empty");
    }
    String damage;
    try (MVStore store = new MVStore.Builder().fileName(path.toString()).readOnly().open()) {
      damage = store.hasMap(FIRST_TABLE) ? "" : "no table can be found in it";
    } catch (MVStoreException e) {
      damage = damage(path, e);
    }
    return damage.isEmpty() ? "" : asideWith(path, now, damage);
  }

  private static String damage(Path path, MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED -> throw inUse(path, e);
      case DataUtils.ERROR_UNSUPPORTED_FORMAT ->
          throw new TraceStoreException(
              "Trace store "
                  + path
                  + " was written by another version of H2 (expected: the version of this console): "
                  + e.getMessage(),
              e);
      default -> Objects.toString(e.getMessage(), "unreadable");
    };
  }

  private static String asideWith(Path path, Instant now, String why) throws IOException {
    Path aside = path.resolveSibling(NAME + "-damaged-" + STAMP.format(now) + SUFFIX);
    Files.move(path, aside);
    String notice =
        "The trace store was damaged ("
            + why
            + "); it was moved to "
            + aside
            + " and a new one begun.";
    log.error(notice);
    return notice;
  }

  private static TraceStoreException unopened(Path path, SQLException e) {
    return e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
        ? inUse(path, e)
        : new TraceStoreException(
            "Trace store " + path + " cannot be opened: " + e.getMessage(), e);
  }

  private static TraceStoreException inUse(Path path, Exception e) {
    return new TraceStoreException(
        "Trace store "
            + path
            + " is in use by another process (expected: one console per data directory); stop that one,"
            + " or give this one a directory of its own.",
        e);
  }

  private static String url(Path path) {
    String text = path.toString();
    return "jdbc:h2:file:" + text.substring(0, text.length() - SUFFIX.length());
  }
}
