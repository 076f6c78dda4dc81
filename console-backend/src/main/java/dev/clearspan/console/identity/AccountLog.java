package dev.clearspan.console.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who changed whose account, when: the newest {@value #KEPT} changes, in the users' own database.
 * Thread-safe.
 */
public final class AccountLog {
  public static final int KEPT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(AccountLog.class);

  private final ControlDatabase database;
  private final Clock clock;

  AccountLog(ControlDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Keeps a change that was made. */
  public void record(String author, String action, String subject, String detail) {
    LOG.info("{}: {} {} ({})", author, action, subject, detail);
    database.update(
        "insert into account_log (at, author, action, subject, detail) values (?, ?, ?, ?, ?)",
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        author,
        action,
        subject,
        detail);
    database.update(
        "delete from account_log where number <= (select max(number) from account_log) - " + KEPT);
  }

  /** The newest changes, newest first. */
  public List<AccountChange> newest(int limit) {
    return database.query(
        "select at, author, action, subject, detail from account_log order by number desc limit ?",
        AccountLog::read,
        limit);
  }

  private static AccountChange read(ResultSet row) throws SQLException {
    return new AccountChange(
        ControlDatabase.instant(row, "at"),
        row.getString("author"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"));
  }
}
