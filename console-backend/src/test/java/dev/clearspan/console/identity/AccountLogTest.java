package dev.clearspan.console.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.MutableClock;
import dev.clearspan.console.chain.ChainBreak;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountLogTest {
  private static final String PASSWORD = "long enough pass";

  @TempDir Path directory;

  private final MutableClock clock = new MutableClock();

  private Identity open() {
    return Identity.open(directory, null, clock);
  }

  private void write(int rows) {
    try (Identity identity = open()) {
      for (int i = 1; i <= rows; i++) {
        identity.log().record("ada", "token.create", "t" + i, "detail " + i);
      }
      assertThat(identity.log().state().whole()).isTrue();
      assertThat(identity.log().state().rows()).isEqualTo(rows);
    }
  }

  private AccountLogState after(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + directory.resolve("control"), "console", "");
        Statement change = connection.createStatement()) {
      change.executeUpdate(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    try (Identity identity = open()) {
      return identity.log().state();
    }
  }

  private void assertBroken(String sql, ChainBreak.Kind kind, long position) {
    AccountLogState state = after(sql);
    assertThat(state.whole()).isFalse();
    assertThat(state.breaks()).as(state.breaks().toString()).hasSize(1);
    assertThat(state.breaks().get(0).kind()).isEqualTo(kind);
    assertThat(state.breaks().get(0).position()).isEqualTo(position);
  }

  @Test
  void anAlteredRow_isNamed() {
    write(5);
    assertBroken(
        "update account_log set author = 'eve' where position = 3", ChainBreak.Kind.ALTERED, 3);
  }

  @Test
  void aRemovedRow_isNamed() {
    write(5);
    assertBroken("delete from account_log where position = 2", ChainBreak.Kind.REMOVED, 2);
  }

  @Test
  void theNewestRowsRemoved_areNoticedToo() {
    write(5);
    assertBroken("delete from account_log where position > 3", ChainBreak.Kind.REMOVED, 4);
  }

  @Test
  void aRowSlippedIn_isNamed() {
    write(5);
    AccountLogState state =
        after(
            "insert into account_log (at, author, action, subject, detail) values"
                + " (current_timestamp, 'ada', 'token.create', 't9', '')");
    assertThat(state.breaks()).hasSize(1);
    assertThat(state.breaks().get(0).kind()).isEqualTo(ChainBreak.Kind.INSERTED);
  }

  @Test
  void aLogFromBeforeThereWereChains_isChainedOnce() {
    write(3);
    AccountLogState state = after("delete from chains; update account_log set hash = null");
    assertThat(state.whole()).isTrue();
    assertThat(state.rows()).isEqualTo(3);
  }

  @Test
  void signInsAndRefusalsAreRows_butNotMoreThanSoManyAMinute() {
    try (Identity identity = open()) {
      identity.users().create("ada", Role.ADMIN, null, PASSWORD);
      identity.signIn("ada", PASSWORD, "10.0.0.1");
      assertThat(identity.log().newest(1).get(0).action()).isEqualTo("sign-in");
      for (int i = 0; i < AccountLog.REFUSALS_A_MINUTE + 20; i++) {
        identity.log().refused("eve\n\u0007" + "x".repeat(200), "sign-in.refused", "from ::1");
      }
      assertThat(identity.log().state().rows()).isEqualTo(1 + AccountLog.REFUSALS_A_MINUTE);
      assertThat(identity.log().newest(1).get(0).author()).startsWith("eve??xxx").hasSize(63);
      clock.advance(Duration.ofMinutes(2));
      identity.log().refused("eve", "sign-in.refused", "from ::1");
      assertThat(identity.log().newest(2).get(1).detail()).startsWith("20 more");
      assertThat(identity.log().state().whole()).isTrue();
    }
  }

  @Test
  void theOldestRowsGo_andTheChainHoldsFromThereOn() {
    try (ControlDatabase database = ControlDatabase.open(directory)) {
      database.inTransaction(
          statements -> {
            AccountChain.begin(statements, clock.instant());
            for (int i = 0; i < 12; i++) {
              AccountChain.append(
                  statements, new AccountChange(clock.instant(), "ada", "a", "s", "" + i), 5);
            }
            AccountLogState state = AccountChain.check(statements);
            assertThat(state.whole()).as(state.breaks().toString()).isTrue();
            assertThat(state.rows()).isEqualTo(5);
            assertThat(state.dropped()).isEqualTo(7);
            return true;
          });
    }
  }
}
