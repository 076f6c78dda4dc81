package dev.clearspan.benchmarks.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What H2 does alone: the same exports, cut into the same parts of traces, a row each in a table
 * with nothing but a number and the bytes, committed as often as a console commits, by one thread.
 */
final class RawInsertion {
  private static final int ROWS_PER_COMMIT = 1_000;
  private static final String SETTINGS = ";WRITE_DELAY=500;RETENTION_TIME=1000;CACHE_SIZE=32768";

  private RawInsertion() {}

  /** Spans inserted a second. */
  static double spansPerSecond(Path directory, int seconds) throws SQLException, IOException {
    Files.createDirectories(directory);
    String url = "jdbc:h2:file:" + directory.resolve("raw").toAbsolutePath() + SETTINGS;
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE part(number BIGINT PRIMARY KEY, spans VARBINARY NOT NULL)");
      }
      connection.setAutoCommit(false);
      return insert(connection, seconds);
    }
  }

  private static double insert(Connection connection, int seconds) throws SQLException {
    ShopTraces traces = new ShopTraces();
    long began = System.nanoTime();
    long limit = began + TimeUnit.SECONDS.toNanos(seconds);
    long rows = 0;
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO part VALUES(?,?)")) {
      for (long export = 0; System.nanoTime() < limit; export++) {
        byte[] body = traces.export(export);
        int part = body.length / ShopTraces.TRACES_PER_EXPORT;
        for (int i = 0; i < ShopTraces.TRACES_PER_EXPORT; i++) {
          insert.setLong(1, rows++);
          insert.setBytes(2, Arrays.copyOfRange(body, i * part, (i + 1) * part));
          insert.addBatch();
          if (rows % ROWS_PER_COMMIT == 0) {
            insert.executeBatch();
            connection.commit();
          }
        }
      }
      insert.executeBatch();
      connection.commit();
    }
    return rows * ShopTraces.SPANS_PER_SERVICE * 1e9 / (System.nanoTime() - began);
  }
}
