package dev.clearspan.console.trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The list of slices, in the same transactions as their rows. */
final class SliceCatalog {
  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS slice(number BIGINT PRIMARY KEY, opened_ms BIGINT NOT NULL, "
          + "fragments BIGINT NOT NULL, traces BIGINT NOT NULL, spans BIGINT NOT NULL, bytes BIGINT NOT NULL)";

  private SliceCatalog() {}

  /** Oldest first. */
  static List<Slice> read(Connection connection) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT number, opened_ms, fragments, traces, spans, bytes FROM slice ORDER BY number")) {
      while (rows.next()) {
        slices.add(
            new Slice(
                rows.getLong(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6)));
      }
    }
    return slices;
  }

  static void save(Connection connection, Slice slice) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "MERGE INTO slice(number, opened_ms, fragments, traces, spans, bytes) KEY(number) VALUES(?,?,?,?,?,?)")) {
      statement.setLong(1, slice.number());
      statement.setLong(2, slice.openedMillis());
      statement.setLong(3, slice.fragments());
      statement.setLong(4, slice.traces());
      statement.setLong(5, slice.spans());
      statement.setLong(6, slice.bytes());
      statement.executeUpdate();
    }
  }

  static void remove(Connection connection, Slice slice) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM slice WHERE number = ?")) {
      statement.setLong(1, slice.number());
      statement.executeUpdate();
    }
  }
}
