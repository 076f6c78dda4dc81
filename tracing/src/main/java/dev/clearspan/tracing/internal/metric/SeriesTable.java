package dev.clearspan.tracing.internal.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives each series a small number, by which lanes count it. A metric has at most {@value #LIMIT}
 * series; what comes later is counted in one more, which says that it overflowed. Numbers are never
 * given back. Thread-safe; looking up a known series takes no lock.
 *
 * <p>It also knows the lanes, and adds up what they counted: each number exactly, once its lane's
 * writer is quiet; while it writes, a reader may see a count one call old.
 */
public final class SeriesTable {
  /** Series per metric, as in the OpenTelemetry SDK. */
  static final int LIMIT = 2_000;

  private final Map<SeriesKey, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<Measure, List<Integer>> byMeasure = new EnumMap<>(Measure.class);
  private final List<LaneMetrics> lanes = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private SeriesKey[] keys = new SeriesKey[64]; // guarded by lock, as is byMeasure
  private int size;

  public SeriesTable() {
    for (Measure measure : Measure.values()) {
      byMeasure.put(measure, new ArrayList<>());
      add(new SeriesKey.Overflow(measure));
    }
  }

  int numberOf(SeriesKey key) {
    Integer known = numbers.get(key);
    return known == null ? addIfRoom(key) : known;
  }

  void join(LaneMetrics lane) {
    lanes.add(lane);
  }

  /** Calls in overflow series so far. */
  long overflowed() {
    long calls = 0;
    for (Measure measure : Measure.values()) {
      calls += counts(measure, overflowOf(measure)).count();
    }
    return calls;
  }

  /** What was counted in the series of a metric; those without a count are left out. */
  void forEach(Measure measure, SeriesReader reader) {
    lock.lock();
    List<Integer> series;
    SeriesKey[] known;
    try {
      series = List.copyOf(of(measure));
      known = keys;
    } finally {
      lock.unlock();
    }
    for (int number : series) {
      HistogramCounts counts = counts(measure, number);
      if (counts.count() > 0) {
        reader.read(number, known[number], counts);
      }
    }
  }

  /** Takes one series. */
  interface SeriesReader {
    void read(int number, SeriesKey key, HistogramCounts counts);
  }

  private HistogramCounts counts(Measure measure, int number) {
    long[] sums = new long[LaneMetrics.CELLS];
    for (LaneMetrics lane : lanes) {
      lane.addTo(sums, number);
    }
    return HistogramCounts.of(measure.buckets, sums);
  }

  private int addIfRoom(SeriesKey key) {
    lock.lock();
    try {
      Integer raced = numbers.get(key);
      if (raced != null) {
        return raced;
      }
      boolean full = of(key.measure()).size() > LIMIT;
      return full ? overflowOf(key.measure()) : add(key);
    } finally {
      lock.unlock();
    }
  }

  private int add(SeriesKey key) {
    int number = size++;
    if (number == keys.length) {
      keys = Arrays.copyOf(keys, 2 * number);
    }
    keys[number] = key;
    of(key.measure()).add(number);
    numbers.put(key, number);
    return number;
  }

  /** The first ones that were added. */
  private static int overflowOf(Measure measure) {
    return measure.ordinal();
  }

  private List<Integer> of(Measure measure) {
    return byMeasure.getOrDefault(measure, List.of());
  }
}
