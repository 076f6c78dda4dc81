package dev.clearspan.examples.shop;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The ledger's table, in H2 within the process. Each statement is a span by OpenTelemetry's
 * conventions for databases, which is all that the console needs to show the database on its map.
 * Keeps the newest 10,000 entries. Thread-safe.
 */
final class LedgerDatabase implements AutoCloseable {
  private static final String CREATE =
      "CREATE TABLE entry(position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
          + " id VARCHAR NOT NULL)";
  private static final String INSERT = "INSERT INTO entry(id) VALUES (?)";
  private static final String DELETE = "DELETE FROM entry WHERE position <= ?";
  private static final int KEPT = 10_000;
  private static final int DELETED_AT_ONCE = 1_000;

  private final JdbcConnectionPool pool;

  /**
   * An empty table.
   *
   * @throws IllegalStateException if H2 refuses to make it
   */
  LedgerDatabase() {
    pool =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
    try {
      execute(CREATE);
    } catch (SQLException e) {
      throw new IllegalStateException("the ledger's table cannot be made", e);
    }
  }

  /** Adds an entry; its position, which is higher than that of any before. */
  long append(String id) throws SQLException {
    long position = traced("INSERT", INSERT, statement -> insert(statement, id));
    if (position % DELETED_AT_ONCE == 0 && position > KEPT) {
      traced("DELETE", DELETE, statement -> delete(statement, position - KEPT));
    }
    return position;
  }

  private static long insert(PreparedStatement statement, String id) throws SQLException {
    statement.setString(1, id);
    statement.executeUpdate();
    try (ResultSet keys = statement.getGeneratedKeys()) {
      keys.next();
      return keys.getLong(1);
    }
  }

  private static long delete(PreparedStatement statement, long last) throws SQLException {
    statement.setLong(1, last);
    return statement.executeUpdate();
  }

  private interface Work {
    long with(PreparedStatement statement) throws SQLException;
  }

  private long traced(String operation, String sql, Work work) throws SQLException {
    Span span =
        GlobalOpenTelemetry.getTracer("dev.clearspan.examples.ledger")
            .spanBuilder(operation + " entry")
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("db.system.name", "h2database")
            .setAttribute("db.namespace", "ledger")
            .setAttribute("db.collection.name", "entry")
            .setAttribute("db.operation.name", operation)
            .setAttribute("db.query.text", sql)
            .startSpan();
    try (Scope current = span.makeCurrent();
        Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      return work.with(statement);
    } catch (SQLException e) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("db.response.status_code", e.getSQLState());
      span.setAttribute("error.type", e.getSQLState());
      throw e;
    } finally {
      span.end();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Forgets all entries. */
  @Override
  public void close() throws SQLException {
    execute("SHUTDOWN");
    pool.dispose();
  }
}
