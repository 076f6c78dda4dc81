package dev.clearspan.console.trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What was logged in the time of a slice: by sequence, with an index as fragments have it. */
final class LogTable {
  private final String name;

  LogTable(Slice slice) {
    this.name = "log_" + slice.number();
  }

  String name() {
    return name;
  }

  /** Makes it if it is not there: slices that an older version opened have none. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + name
              + "(sequence BIGINT PRIMARY KEY, id_low BIGINT NOT NULL, id_high BIGINT NOT NULL, "
              + "checksum INT NOT NULL, logs VARBINARY NOT NULL)");
      statement.execute("CREATE INDEX IF NOT EXISTS " + name + "_id ON " + name + "(id_low)");
    }
  }

  void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + name);
    }
  }

  /** Inserts fragments with growing sequences from the first on. */
  void insert(Connection connection, long firstSequence, List<LogFragment> added)
      throws SQLException {
    try (PreparedStatement rows =
        connection.prepareStatement("INSERT INTO " + name + " VALUES(?,?,?,?,?)")) {
      long sequence = firstSequence;
      for (LogFragment fragment : added) {
        rows.setLong(1, sequence);
        rows.setLong(2, fragment.id().low());
        rows.setLong(3, fragment.id().high());
        rows.setInt(4, fragment.packed().checksum());
        rows.setBytes(5, fragment.packed().bytes());
        rows.addBatch();
        sequence++;
      }
      rows.executeBatch();
    }
  }

  /** By arrival. */
  List<Packed> byTrace(Connection connection, TraceId id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT logs, checksum FROM "
                + name
                + " WHERE id_low = ? AND id_high = ? ORDER BY sequence")) {
      statement.setLong(1, id.low());
      statement.setLong(2, id.high());
      List<Packed> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(Packed.stored(rows.getBytes(1), rows.getInt(2)));
        }
      }
      return found;
    }
  }
}
