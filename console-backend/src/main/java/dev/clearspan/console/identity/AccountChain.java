package dev.clearspan.console.identity;

import dev.clearspan.console.chain.ChainBreak;
import dev.clearspan.console.chain.ChainMark;
import dev.clearspan.console.chain.HashChain;
import dev.clearspan.console.web.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the account log, each with a hash over the one before. Statements of one transaction;
 * whoever calls sees to it that only one appends at a time.
 */
final class AccountChain {
  private static final String NAME = "accounts";
  private static final String SELECT =
      "select number, position, at, author, action, subject, detail, hash from account_log";

  private AccountChain() {}

  /** A row as it is stored; position 0 and no hash: it was slipped in. */
  private record Row(long number, long position, AccountChange change, @Nullable String hash) {
    String hashAfter(String previous) {
      return AccountChain.hash(previous, position, change);
    }
  }

  /** Begins the chain, with the rows that are there already. */
  static void begin(Statements statements, Instant now) throws SQLException {
    if (ChainMarks.read(statements, NAME).isPresent()) {
      return;
    }
    String head = HashChain.START;
    long position = 0;
    for (Row row : rows(statements)) {
      head = hash(head, ++position, row.change());
      statements.update(
          "update account_log set position = ?, hash = ? where number = ?",
          position,
          head,
          row.number());
    }
    ChainMarks.write(statements, NAME, new ChainMark(now, HashChain.START, 0, head, position));
  }

  /** Adds a row at the end, and drops those at the beginning that are too many. */
  static void append(Statements statements, AccountChange change, long kept) throws SQLException {
    ChainMark mark = mark(statements);
    long position = mark.length() + 1;
    String hash = hash(mark.headHash(), position, change);
    statements.update(
        "insert into account_log (position, at, author, action, subject, detail, hash) values (?,"
            + " ?, ?, ?, ?, ?, ?)",
        position,
        change.at(),
        change.author(),
        change.action(),
        change.subject(),
        change.detail(),
        hash);
    long dropped = Math.max(mark.dropped(), position - kept);
    String start = dropped == mark.dropped() ? mark.startHash() : drop(statements, dropped);
    ChainMarks.write(statements, NAME, new ChainMark(mark.since(), start, dropped, hash, position));
  }

  /** Drops the rows up to that position; the hash of the last of them. */
  private static String drop(Statements statements, long upTo) throws SQLException {
    Optional<String> last =
        statements
            .query(
                "select hash from account_log where position = ?",
                row -> row.getString("hash"),
                upTo)
            .stream()
            .findFirst();
    statements.update("delete from account_log where position <= ?", upTo);
    return last.orElse(HashChain.START);
  }

  /** Computes everything again. */
  static AccountLogState check(Statements statements) throws SQLException {
    ChainMark mark = mark(statements);
    List<ChainBreak> breaks = new ArrayList<>();
    String previous = mark.startHash();
    long position = mark.dropped();
    for (Row row : rows(statements)) {
      String hash = row.hash();
      if (hash == null || row.position() <= position) {
        breaks.add(broken(ChainBreak.Kind.INSERTED, row, "is not part of the chain"));
        continue;
      }
      if (row.position() > position + 1) {
        breaks.add(missing(position + 1, row.position() - 1));
      } else if (!hash.equals(row.hashAfter(previous))) {
        breaks.add(
            broken(ChainBreak.Kind.ALTERED, row, "does not have the hash it was stored with"));
      }
      previous = hash;
      position = row.position();
    }
    if (position < mark.length()) {
      breaks.add(missing(position + 1, mark.length()));
    } else if (!previous.equals(mark.headHash())) {
      breaks.add(
          new ChainBreak(ChainBreak.Kind.ALTERED, position, 0, "", "the last row is another one"));
    }
    return new AccountLogState(
        breaks.isEmpty(), mark.rows(), mark.dropped(), mark.since(), mark.headHash(), breaks);
  }

  private static ChainBreak broken(ChainBreak.Kind kind, Row row, String what) {
    String detail =
        "row "
            + row.number()
            + " of "
            + row.change().at()
            + " ("
            + row.change().action()
            + " by "
            + row.change().author()
            + ") "
            + what;
    return new ChainBreak(kind, row.position(), 0, Long.toString(row.number()), detail);
  }

  private static ChainBreak missing(long from, long to) {
    String rows = from == to ? "row " + from : "rows " + from + " to " + to;
    return new ChainBreak(
        ChainBreak.Kind.REMOVED, from, 0, "", rows + " of the chain cannot be found");
  }

  private static ChainMark mark(Statements statements) throws SQLException {
    return ChainMarks.read(statements, NAME)
        .orElseThrow(() -> new IllegalStateException("the account log has no chain"));
  }

  private static List<Row> rows(Statements statements) throws SQLException {
    return statements.query(SELECT + " order by position nulls first, number", AccountChain::read);
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("number"),
        row.getLong("position"),
        AccountLog.read(row),
        row.getString("hash"));
  }

  private static String hash(String previous, long position, AccountChange change) {
    List<String> text =
        List.of(change.author(), change.action(), change.subject(), change.detail());
    return HashChain.next(
        previous,
        Long.toString(position),
        change.at().toString(),
        HashChain.digest(Json.write(text)));
  }
}
