package dev.clearspan.console.trace;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tables of a slice but for its {@link LogTable}: fragments by sequence with an index on the
 * random half of the trace id, and an inverted index of their terms. A row of that has a number, 24
 * bits of term and 40 of sequence, and the further sequences of the same batch ({@link Postings}):
 * terms are few and fragments many, so a row for each pair would be most of what is written.
 */
final class SliceTables {
  private static final int SEQUENCE_BITS = 40;
  private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

  private final String fragments;
  private final String terms;

  SliceTables(Slice slice) {
    this.fragments = "fragment_" + slice.number();
    this.terms = "term_" + slice.number();
  }

  /** A stored fragment. */
  record Row(long sequence, TraceId id, Packed packed) {}

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + fragments
              + "(sequence BIGINT PRIMARY KEY, id_low BIGINT NOT NULL, id_high BIGINT NOT NULL, "
              + "start_us BIGINT NOT NULL, checksum INT NOT NULL, spans VARBINARY NOT NULL)");
      statement.execute("CREATE INDEX " + fragments + "_id ON " + fragments + "(id_low)");
      statement.execute("CREATE TABLE " + terms + "(entry BIGINT PRIMARY KEY, others VARBINARY)");
    }
  }

  /**
   * Gives slices of the build before, which have a row for every fragment of a term, a place for
   * more in one.
   */
  static void upgrade(Connection connection, List<Slice> slices) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Slice slice : slices) {
        statement.execute(
            "ALTER TABLE "
                + new SliceTables(slice).terms
                + " ADD COLUMN IF NOT EXISTS others VARBINARY");
      }
    }
  }

  /** Drops what a crash left between dropping a slice and striking it off the list. */
  static void dropOrphans(Connection connection, List<Slice> slices) throws SQLException {
    Set<String> known = new HashSet<>(Set.of("SLICE"));
    for (Slice slice : slices) {
      known.add(new SliceTables(slice).fragments.toUpperCase(Locale.ROOT));
      known.add(new SliceTables(slice).terms.toUpperCase(Locale.ROOT));
      known.add(new LogTable(slice).name().toUpperCase(Locale.ROOT));
    }
    List<String> orphans = new ArrayList<>();
    try (ResultSet tables =
        connection.getMetaData().getTables(null, "PUBLIC", null, new String[] {"BASE TABLE"})) {
      while (tables.next()) {
        orphans.add(tables.getString("TABLE_NAME"));
      }
    }
    orphans.removeAll(known);
    try (Statement statement = connection.createStatement()) {
      for (String orphan : orphans) {
        statement.execute("DROP TABLE \"" + orphan + "\"");
      }
    }
  }

  void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + terms);
      statement.execute("DROP TABLE IF EXISTS " + fragments);
    }
  }

  /** Inserts fragments with growing sequences from the first on. */
  void insert(Connection connection, long firstSequence, List<Fragment> added) throws SQLException {
    try (PreparedStatement rows =
            connection.prepareStatement("INSERT INTO " + fragments + " VALUES(?,?,?,?,?,?)");
        PreparedStatement entries =
            connection.prepareStatement("INSERT INTO " + terms + " VALUES(?,?)")) {
      SortedMap<Integer, Postings> postings = new TreeMap<>();
      long sequence = firstSequence;
      for (Fragment fragment : added) {
        rows.setLong(1, sequence);
        rows.setLong(2, fragment.id().low());
        rows.setLong(3, fragment.id().high());
        rows.setLong(4, fragment.startMicros());
        rows.setInt(5, fragment.packed().checksum());
        rows.setBytes(6, fragment.packed().bytes());
        rows.addBatch();
        for (int term : fragment.terms()) {
          note(postings, term, sequence);
        }
        sequence++;
      }
      rows.executeBatch();
      for (Map.Entry<Integer, Postings> posting : postings.entrySet()) {
        entries.setLong(1, entry(posting.getKey(), posting.getValue().first()));
        entries.setBytes(2, posting.getValue().others());
        entries.addBatch();
      }
      entries.executeBatch();
    }
  }

  private static void note(Map<Integer, Postings> postings, int term, long sequence) {
    Postings known = postings.get(term);
    if (known == null) {
      postings.put(term, new Postings(sequence));
    } else {
      known.add(sequence);
    }
  }

  List<Row> byTrace(Connection connection, TraceId id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT sequence, id_high, id_low, spans, checksum FROM "
                + fragments
                + " WHERE id_low = ? AND id_high = ? ORDER BY sequence")) {
      statement.setLong(1, id.low());
      statement.setLong(2, id.high());
      return rows(statement);
    }
  }

  /**
   * The newest fragments before a sequence, newest first, as far as they started in the stretch.
   */
  Page page(Connection connection, long beforeSequence, Stretch stretch, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT sequence, id_high, id_low, spans, checksum FROM "
                + fragments
                + " WHERE sequence < ? AND start_us BETWEEN ? AND ? ORDER BY sequence DESC LIMIT ?")) {
      statement.setLong(1, beforeSequence);
      statement.setLong(2, stretch.fromMicros());
      statement.setLong(3, stretch.toMicros());
      statement.setInt(4, limit);
      List<Row> rows = rows(statement);
      boolean last = rows.size() < limit;
      return new Page(rows, last ? 0 : rows.get(limit - 1).sequence());
    }
  }

  /** As {@link #page}, of the fragments with the term. */
  Page pageWith(Connection connection, int term, long beforeSequence, Stretch stretch, int limit)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT sequence, id_high, id_low, spans, checksum FROM "
                + fragments
                + " WHERE sequence = ? AND start_us BETWEEN ? AND ?")) {
      List<Long> sequences = sequencesWith(connection, term, beforeSequence, limit);
      List<Row> found = new ArrayList<>();
      for (long sequence : sequences) {
        statement.setLong(1, sequence);
        statement.setLong(2, stretch.fromMicros());
        statement.setLong(3, stretch.toMicros());
        found.addAll(rows(statement));
      }
      boolean last = sequences.size() < limit;
      return new Page(found, last ? 0 : sequences.get(limit - 1));
    }
  }

  private List<Long> sequencesWith(Connection connection, int term, long beforeSequence, int limit)
      throws SQLException {
    long before = Math.min(beforeSequence, SEQUENCE_MASK);
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT entry, others FROM "
                + terms
                + " WHERE entry >= ? AND entry < ? ORDER BY entry DESC LIMIT ?")) {
      statement.setLong(1, entry(term, 0));
      statement.setLong(2, entry(term, before));
      // All but the newest row lie before, and have a sequence or more.
      statement.setInt(3, limit + 1);
      List<Long> sequences = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next() && sequences.size() < limit) {
          long[] some = Postings.sequences(rows.getLong(1) & SEQUENCE_MASK, rows.getBytes(2));
          for (int n = some.length - 1; n >= 0 && sequences.size() < limit; n--) {
            if (some[n] < before) {
              sequences.add(some[n]);
            }
          }
        }
      }
      return sequences;
    }
  }

  private static List<Row> rows(PreparedStatement statement) throws SQLException {
    List<Row> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(
            new Row(
                rows.getLong(1),
                new TraceId(rows.getLong(2), rows.getLong(3)),
                Packed.stored(rows.getBytes(4), rows.getInt(5))));
      }
    }
    return found;
  }

  private static long entry(int term, long sequence) {
    return (long) term << SEQUENCE_BITS | sequence;
  }

  /**
   * A stretch of fragments.
   *
   * @param before where the next page begins, 0 if this was the last
   */
  record Page(List<Row> rows, long before) {}

  /** Bounds of a fragment's start, both inclusive. */
  record Stretch(long fromMicros, long toMicros) {
    static final Stretch ALL = new Stretch(Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
