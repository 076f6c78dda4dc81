package dev.clearspan.console.identity;

import dev.clearspan.console.chain.ChainMark;
import dev.clearspan.console.chain.HashChain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the console has noted of the audit rows of one environment, in the order of their revisions:
 * not the rows, but what shows whether they are still the same. One caller at a time.
 */
public final class AuditIndex {
  private static final String ADD =
      "insert into audit_index (env, position, revision, mod_revision, id, digest, hash) values (?,"
          + " ?, ?, ?, ?, ?, ?)";

  private final ControlDatabase database;
  private final String env;
  private final String chain;

  AuditIndex(ControlDatabase database, String env) {
    this.database = database;
    this.env = env;
    this.chain = "audit:" + env;
  }

  /**
   * A row of the registry, as noted.
   *
   * @param position in the chain, from 1 on
   * @param revision at which it was written
   * @param modRevision of its last change: the same, unless the change was accepted
   * @param digest SHA-256 of its value
   * @param hash over the row before and this one
   */
  public record Link(
      long position, long revision, long modRevision, String id, String digest, String hash) {
    /** The hash this link must have after that one. */
    public String hashAfter(String previous) {
      return HashChain.next(previous, Long.toString(revision), id, digest);
    }
  }

  /** Where the chain begins and ends; empty if it was never begun. */
  public Optional<ChainMark> mark() {
    return database.inTransaction(statements -> ChainMarks.read(statements, chain));
  }

  /** All that is noted, in order. */
  public List<Link> links() {
    return database.query(
        "select position, revision, mod_revision, id, digest, hash from audit_index where env = ?"
            + " order by position",
        AuditIndex::read,
        env);
  }

  /** Revision of the last row noted; 0: there is none. */
  public long lastRevision() {
    return database
        .first(
            "select coalesce(max(revision), 0) as last from audit_index where env = ?",
            row -> row.getLong("last"),
            env)
        .orElse(0L);
  }

  /** Forgets what was noted and begins anew after that hash and so many dropped rows. */
  public void begin(String startHash, long dropped, Instant now) {
    database.inTransaction(
        statements -> {
          statements.update("delete from audit_index where env = ?", env);
          ChainMarks.write(
              statements, chain, new ChainMark(now, startHash, dropped, startHash, dropped));
          return true;
        });
  }

  /** Adds links at the end, all or none. */
  public void append(List<Link> links) {
    database.inTransaction(
        statements -> {
          for (Link link : links) {
            add(statements, link);
          }
          Link last = links.get(links.size() - 1);
          ChainMark mark = ChainMarks.read(statements, chain).orElseThrow();
          ChainMarks.write(
              statements,
              chain,
              new ChainMark(
                  mark.since(), mark.startHash(), mark.dropped(), last.hash(), last.position()));
          return true;
        });
  }

  private void add(Statements statements, Link link) throws SQLException {
    statements.update(
        ADD,
        env,
        link.position(),
        link.revision(),
        link.modRevision(),
        link.id(),
        link.digest(),
        link.hash());
  }

  /** Drops the links up to this one, which the registry has dropped as too old. */
  public void dropUpTo(Link last) {
    database.inTransaction(
        statements -> {
          statements.update(
              "delete from audit_index where env = ? and position <= ?", env, last.position());
          ChainMark mark = ChainMarks.read(statements, chain).orElseThrow();
          ChainMarks.write(
              statements,
              chain,
              new ChainMark(
                  mark.since(), last.hash(), last.position(), mark.headHash(), mark.length()));
          return true;
        });
  }

  private static Link read(ResultSet row) throws SQLException {
    return new Link(
        row.getLong("position"),
        row.getLong("revision"),
        row.getLong("mod_revision"),
        row.getString("id"),
        row.getString("digest"),
        row.getString("hash"));
  }
}
