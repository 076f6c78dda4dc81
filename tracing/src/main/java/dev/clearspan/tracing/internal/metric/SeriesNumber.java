package dev.clearspan.tracing.internal.metric;

/**
 * The number of a series, asked for when it is first counted, so that nothing is a series that
 * never happened. Thread-safe: racing threads are told the same number.
 */
final class SeriesNumber {
  private static final int UNKNOWN = -1;

  private final SeriesTable table;
  private final SeriesKey key;
  private int number = UNKNOWN;

  SeriesNumber(SeriesTable table, SeriesKey key) {
    this.table = table;
    this.key = key;
  }

  int get() {
    int known = number;
    if (known == UNKNOWN) {
      known = table.numberOf(key);
      number = known;
    }
    return known;
  }
}
