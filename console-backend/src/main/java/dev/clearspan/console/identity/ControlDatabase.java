package dev.clearspan.console.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The H2 file {@code control}: what was acknowledged survives a killed console ({@code
 * WRITE_DELAY=0}). One process at a time can open it. Thread-safe.
 */
final class ControlDatabase implements AutoCloseable {
  private static final List<String> SCHEMA =
      List.of(
          "create table if not exists users (name varchar(63) primary key, role varchar(16) not"
              + " null, password varchar(200) not null, created_at timestamp(3) with time zone not"
              + " null, last_sign_in timestamp(3) with time zone)",
          "create table if not exists sessions (fingerprint char(64) primary key, name varchar(63)"
              + " not null, guest_role varchar(16), created_at timestamp(3) with time zone not"
              + " null, last_seen timestamp(3) with time zone not null)",
          "create table if not exists tokens (id varchar(32) primary key, fingerprint char(64) not"
              + " null unique, name varchar(63) not null, role varchar(16) not null, created_at"
              + " timestamp(3) with time zone not null, expires_at timestamp(3) with time zone,"
              + " last_used timestamp(3) with time zone)",
          "create table if not exists sign_in_links (fingerprint char(64) primary key, name"
              + " varchar(63) not null, role varchar(16) not null, expires_at timestamp(3) with"
              + " time zone not null)",
          "create table if not exists invocations (number bigint generated always as identity"
              + " primary key, at timestamp(3) with time zone not null, author varchar(63) not"
              + " null, service varchar(63) not null, method varchar(300) not null, instance"
              + " varchar(128) not null, status varchar(32), elapsed_ms bigint, trace_id char(32)"
              + " not null unique)",
          "alter table users add column if not exists services varchar(4000)",
          "alter table tokens add column if not exists services varchar(4000)",
          "create table if not exists account_log (number bigint generated always as identity"
              + " primary key, at timestamp(3) with time zone not null, author varchar(63) not"
              + " null, action varchar(32) not null, subject varchar(63) not null, detail"
              + " varchar(4000) not null)",
          "alter table users add column if not exists issuer varchar(255)",
          "alter table users add column if not exists subject varchar(255)",
          "alter table sessions add column if not exists id_token varbinary(8192)",
          "alter table account_log add column if not exists position bigint",
          "alter table account_log add column if not exists hash char(64)",
          "create table if not exists chains (name varchar(80) primary key, since timestamp(3) with"
              + " time zone not null, start_hash char(64) not null, dropped bigint not null,"
              + " head_hash char(64) not null, length bigint not null)",
          "create table if not exists audit_index (env varchar(63) not null, position bigint not"
              + " null, revision bigint not null, mod_revision bigint not null, id varchar(310) not"
              + " null, digest char(64) not null, hash char(64) not null, primary key (env,"
              + " position))");

  /**
   * A commit is written before it returns; and space of old commits is not used again for a day. H2
   * finds the newest commit from its file's header on, which it writes behind the commit: killed
   * between the two, when the commit stands where an older one stood, it loses what came between
   * (seen once in some hundred kills with the default of 45 s; never in 200 with this).
   */
  private static final String DURABILITY =
      ";WRITE_DELAY=0;RETENTION_TIME=" + Duration.ofDays(1).toMillis();

  private final JdbcConnectionPool pool;

  private ControlDatabase(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  /**
   * Opens the file, creating it when there is none.
   *
   * @throws IllegalStateException if another console has it open or it cannot be read; the message
   *     says what to do
   */
  static ControlDatabase open(Path directory) {
    Path file = directory.resolve("control").toAbsolutePath();
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("data directory cannot be made: " + directory, e);
    }
    JdbcConnectionPool pool =
        JdbcConnectionPool.create("jdbc:h2:file:" + file + DURABILITY, "console", "");
    pool.setMaxConnections(8);
    ControlDatabase database = new ControlDatabase(pool);
    try {
      database.createTables();
      return database;
    } catch (SQLException e) {
      pool.dispose();
      throw new IllegalStateException(explain(e, file), e);
    }
  }

  private static String explain(SQLException e, Path file) {
    if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return "data directory "
          + file.getParent()
          + " is in use by another console (expected: one console per directory). Stop the other"
          + " one, or set CLEARSPAN_DATA_DIR to another directory.";
    }
    return "the users' database "
        + file
        + ".mv.db cannot be opened: "
        + e.getMessage()
        + ". Move it away to start with an empty one, or restore it from a backup.";
  }

  private void createTables() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : SCHEMA) {
        statement.execute(table);
      }
    }
  }

  /** Runs an insert, update or delete; the number of rows changed. */
  int update(String sql, @Nullable Object... arguments) {
    return with(connection -> new Statements(connection).update(sql, arguments));
  }

  <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... arguments) {
    return with(connection -> new Statements(connection).query(sql, reader, arguments));
  }

  <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments) {
    return query(sql, reader, arguments).stream().findFirst();
  }

  /** Makes all changes of the work, or none of them. */
  <T> T inTransaction(Work<T> work) {
    return with(
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = work.run(new Statements(connection));
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  private <T> T with(Use<T> use) {
    try (Connection connection = pool.getConnection()) {
      return use.of(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("control database: " + e.getMessage(), e);
    }
  }

  private interface Use<T> {
    T of(Connection connection) throws SQLException;
  }

  /** Several statements that belong together. */
  interface Work<T> {
    T run(Statements statements) throws SQLException;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  @Override
  public void close() {
    pool.dispose();
  }

  /** Makes a value of the current row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
