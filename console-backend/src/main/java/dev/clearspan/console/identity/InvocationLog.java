package dev.clearspan.console.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who called what through the console: the newest {@value #KEPT} calls, each written down before it
 * is made, in the users' own database. Thread-safe.
 */
public final class InvocationLog {
  public static final int KEPT = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(InvocationLog.class);
  private static final String COLUMNS =
      "number, at, author, service, method, instance, status, elapsed_ms, trace_id";

  private final ControlDatabase database;
  private final Clock clock;

  InvocationLog(ControlDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Writes down a call that is about to be made.
   *
   * @param instance the one asked for; empty: any
   * @return the row's number
   */
  public long begin(String author, String service, String method, String instance, String traceId) {
    LOG.info("{}: invokes {} of {} ({}), trace {}", author, method, service, instance, traceId);
    database.update(
        "insert into invocations (at, author, service, method, instance, trace_id)"
            + " values (?, ?, ?, ?, ?, ?)",
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        author,
        service,
        method,
        instance,
        traceId);
    database.update(
        "delete from invocations where number <= (select max(number) from invocations) - " + KEPT);
    return database
        .first(
            "select number from invocations where trace_id = ?",
            row -> row.getLong("number"),
            traceId)
        .orElseThrow(() -> new IllegalStateException("the row just written is not there"));
  }

  /**
   * Completes a row.
   *
   * @param instance the one called; null: none
   */
  public void end(long number, @Nullable String instance, String status, long elapsedMillis) {
    database.update(
        "update invocations set instance = coalesce(?, instance), status = ?, elapsed_ms = ?"
            + " where number = ?",
        instance,
        status,
        elapsedMillis,
        number);
  }

  /**
   * The newest calls, newest first.
   *
   * @param service null: of all
   * @param author null: of everyone
   */
  public List<InvocationRow> newest(@Nullable String service, @Nullable String author, int limit) {
    return database.query(
        "select "
            + COLUMNS
            + " from invocations where (? is null or service = ?) and (? is null or author = ?)"
            + " order by number desc limit ?",
        InvocationLog::read,
        service,
        service,
        author,
        author,
        limit);
  }

  private static InvocationRow read(ResultSet row) throws SQLException {
    long elapsed = row.getLong("elapsed_ms");
    return new InvocationRow(
        row.getLong("number"),
        ControlDatabase.instant(row, "at"),
        row.getString("author"),
        row.getString("service"),
        row.getString("method"),
        row.getString("instance"),
        row.getString("status"),
        row.getString("status") == null ? null : elapsed,
        row.getString("trace_id"));
  }
}
