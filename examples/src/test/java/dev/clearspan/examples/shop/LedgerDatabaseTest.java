package dev.clearspan.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LedgerDatabaseTest {
  @Test
  void positionsRiseByOne_alsoAfterOldEntriesWereDeleted() throws SQLException {
    try (LedgerDatabase database = new LedgerDatabase()) {
      for (int n = 1; n <= 11_002; n++) {
        assertThat(database.append("entry-" + n)).isEqualTo(n);
      }
    }
  }

  @Test
  void manyThreads_getAPositionEach() throws SQLException {
    try (LedgerDatabase database = new LedgerDatabase()) {
      Set<Long> positions = ConcurrentHashMap.newKeySet();
      IntStream.range(0, 500)
          .parallel()
          .forEach(
              n -> {
                try {
                  positions.add(database.append("entry-" + n));
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(positions).hasSize(500);
    }
  }

  @Test
  void twoTables_doNotKnowOfEachOther() throws SQLException {
    try (LedgerDatabase one = new LedgerDatabase();
        LedgerDatabase other = new LedgerDatabase()) {
      one.append("a");
      assertThat(other.append("a")).isEqualTo(1);
    }
  }
}
