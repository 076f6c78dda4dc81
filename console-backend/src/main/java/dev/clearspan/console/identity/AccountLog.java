package dev.clearspan.console.identity;

import dev.clearspan.console.chain.ChainBreak;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who signed in, who was refused, and who changed whose account, when: the newest {@value #KEPT}
 * rows, in the users' own database, each with a hash over the one before. Thread-safe.
 */
public final class AccountLog {
  public static final int KEPT = 10_000;

  /** Who is refused again and again shall not push out what others did. */
  static final int REFUSALS_A_MINUTE = 30;

  private static final Logger LOG = LoggerFactory.getLogger(AccountLog.class);
  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_DETAIL = 1_000;

  private final ControlDatabase database;
  private final Clock clock;
  private final ReentrantLock appending = new ReentrantLock();
  private Instant minute = Instant.EPOCH; // guarded by appending
  private int refusals; // guarded by appending

  AccountLog(ControlDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    database.inTransaction(
        statements -> {
          AccountChain.begin(statements, now());
          return true;
        });
    tell(state());
  }

  private static void tell(AccountLogState state) {
    if (state.whole()) {
      LOG.info("account log: chain whole, {} rows, newest {}", state.rows(), state.head());
    } else {
      ChainBreak first = state.breaks().get(0);
      LOG.error("account log: chain broken, {}: {}", first.kind().word(), first.detail());
    }
  }

  /** Keeps a change that was made. */
  public void record(String author, String action, String subject, String detail) {
    LOG.info("{}: {} {} ({})", author, action, subject, detail);
    append(author, action, subject, detail);
  }

  /** Keeps that somebody was not let in, or may not do what they tried. */
  public void refused(String who, String action, String detail) {
    String told = shortened(detail.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?"), LONGEST_DETAIL);
    LOG.warn("{}: {} refused ({})", printable(who), action, told);
    appending.lock();
    try {
      Instant now = clock.instant();
      if (now.isAfter(minute.plus(Duration.ofMinutes(1)))) {
        int untold = refusals - REFUSALS_A_MINUTE;
        minute = now;
        refusals = 0;
        if (untold > 0) {
          append("console", "refused", "", untold + " more since the last refusal listed");
        }
      }
      if (++refusals <= REFUSALS_A_MINUTE) {
        append(printable(who), action, printable(who), told);
      }
    } finally {
      appending.unlock();
    }
  }

  private void append(String author, String action, String subject, String detail) {
    AccountChange change =
        new AccountChange(now(), author, action, subject, shortened(detail, LONGEST_DETAIL));
    appending.lock();
    try {
      database.inTransaction(
          statements -> {
            AccountChain.append(statements, change, KEPT);
            return true;
          });
    } finally {
      appending.unlock();
    }
  }

  /** Computes the chain again: whether every row is what was written, and none is missing. */
  public AccountLogState state() {
    appending.lock();
    try {
      return database.inTransaction(AccountChain::check);
    } finally {
      appending.unlock();
    }
  }

  /** The newest changes, newest first. */
  public List<AccountChange> newest(int limit) {
    return database.query(
        "select at, author, action, subject, detail from account_log order by number desc limit ?",
        AccountLog::read,
        limit);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A name that anybody may have typed. */
  private static String printable(String name) {
    return shortened(name.replaceAll("[^\\p{Graph}]", "?"), LONGEST_NAME);
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest - 3) + "..." : text;
  }

  static AccountChange read(ResultSet row) throws SQLException {
    return new AccountChange(
        ControlDatabase.instant(row, "at"),
        row.getString("author"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("detail"));
  }
}
