package dev.clearspan.console.identity;

import dev.clearspan.console.chain.ChainMark;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Where the chains of this database begin and end. Within the transaction of the statements. */
final class ChainMarks {
  private ChainMarks() {}

  static Optional<ChainMark> read(Statements statements, String chain) throws SQLException {
    return statements
        .query(
            "select since, start_hash, dropped, head_hash, length from chains where name = ?",
            ChainMarks::read,
            chain)
        .stream()
        .findFirst();
  }

  static void write(Statements statements, String chain, ChainMark mark) throws SQLException {
    statements.update(
        "merge into chains (name, since, start_hash, dropped, head_hash, length) key (name) values"
            + " (?, ?, ?, ?, ?, ?)",
        chain,
        mark.since(),
        mark.startHash(),
        mark.dropped(),
        mark.headHash(),
        mark.length());
  }

  private static ChainMark read(ResultSet row) throws SQLException {
    return new ChainMark(
        ControlDatabase.instant(row, "since"),
        row.getString("start_hash"),
        row.getLong("dropped"),
        row.getString("head_hash"),
        row.getLong("length"));
  }
}
