package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2LogStoreTest extends LogStoreContract<H2TraceStore> {
  private static final TraceId ID = new TraceId(5, 6);

  @TempDir private Path contractDirectory;
  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock(NOON);

  @Override
  H2TraceStore open() {
    return H2TraceStore.open(TraceStoreConfig.in(contractDirectory), clock);
  }

  private H2TraceStore here() {
    return H2TraceStore.open(TraceStoreConfig.in(directory), clock);
  }

  private static void log(LogStore store, String body) {
    store.appendLogs(List.of(Logs.from("orders", Logs.line(ID, 2, NOON, "INFO", body)).build()));
  }

  @Test
  void logsAreThereAfterARestart_andGoWithTheirSlice() {
    try (H2TraceStore store = here()) {
      log(store, "before");
      store.append(Spans.groups(TraceStoreContract.order(ID, NOON, 40, "OK")));
      log(store, "after");
      assertThat(store.state().spans()).isEqualTo(4);
    }
    try (H2TraceStore store = here()) {
      assertThat(store.logs(ID, 10).logs()).hasSize(2);
      assertThat(store.find(ID)).isPresent();
      for (int hour = 0; hour < 30; hour++) {
        clock.advance(Duration.ofHours(1));
        store.append(
            Spans.groups(
                TraceStoreContract.order(new TraceId(9, hour + 1), clock.instant(), 40, "OK")));
      }
      assertThat(store.logs(ID, 10).total()).isZero();
    }
  }

  @Test
  void aFileOfAVersionWithoutLogsTakesThem() throws SQLException {
    try (H2TraceStore store = here()) {
      store.append(Spans.groups(TraceStoreContract.order(ID, NOON, 40, "OK")));
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("traces"), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE log_1");
    }
    try (H2TraceStore store = here()) {
      log(store, "hello");
      assertThat(store.logs(ID, 10).logs()).hasSize(1);
      assertThat(store.find(ID)).isPresent();
    }
  }

  @Test
  void damagedLogsAreLeftOut_andSaidSo() throws SQLException {
    try (H2TraceStore store = here()) {
      log(store, "damaged");
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("traces"), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE log_1 SET checksum = checksum + 1");
    }
    try (H2TraceStore store = here()) {
      log(store, "whole");
      TraceLogs found = store.logs(ID, 10);
      assertThat(found.partial()).isTrue();
      assertThat(found.logs()).extracting(LogLine::body).containsExactly("whole");
      assertThat(store.state().corruptFragments()).isPositive();
    }
  }
}
