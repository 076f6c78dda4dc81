package dev.clearspan.console.metric;

import dev.clearspan.console.metric.SeriesKey.Source;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Exact numbers of the calls of the last 15 minutes: per caller, service, method and instance; in
 * slots of 200 ms for the last minute and in steps of 10 s for all of it. Thread-safe; reading
 * never blocks the intake for longer than one series takes to add up. At most a fixed number of
 * series is kept: beyond it new ones are refused and counted, while series idle for 15 minutes make
 * room.
 */
public final class CallAggregates {
  /** The longest window, and how far back series reach. */
  public static final Duration REACH = Duration.ofMillis((long) Series.STEPS * Series.STEP_MILLIS);

  private static final int DEFAULT_MAX_SERIES = 5_000;
  private static final long SWEEP_MILLIS = 10_000;

  private final InstantSource clock;
  private final int maxSeries;
  private final ConcurrentHashMap<SeriesKey, Series> series = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong nextSweepMillis = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  private CallAggregates(InstantSource clock, int maxSeries) {
    this.clock = clock;
    this.maxSeries = maxSeries;
  }

  /** Empty aggregates with room for 5,000 series (about 15 KiB each when always busy). */
  public static CallAggregates create(InstantSource clock) {
    return create(clock, DEFAULT_MAX_SERIES);
  }

  public static CallAggregates create(InstantSource clock, int maxSeries) {
    if (maxSeries < 1) {
      throw new IllegalArgumentException("series limit: " + maxSeries + " (expected: >= 1)");
    }
    return new CallAggregates(clock, maxSeries);
  }

  /**
   * What callers counted in the window that ends now, without rows of zero: for each caller,
   * service and method one row of logical calls (empty instance), and one row of attempts per
   * called instance. The retries of a logical row are those of its attempts.
   *
   * @param window 1 s to 15 min; to the grain of 200 ms up to a minute, of 10 s beyond
   */
  public List<CallTotals> totals(Duration window) {
    List<CallTotals> calls = collect(window, Source.CALL);
    List<CallTotals> attempts = collect(window, Source.ATTEMPT);
    Map<SeriesKey, Long> retries = new HashMap<>();
    for (CallTotals attempt : attempts) {
      retries.merge(callOf(attempt), attempt.retries(), Long::sum);
    }
    List<CallTotals> rows = new ArrayList<>(calls.size() + attempts.size());
    for (CallTotals call : calls) {
      rows.add(withRetries(call, retries.getOrDefault(callOf(call), 0L)));
    }
    rows.addAll(attempts);
    return rows;
  }

  /**
   * What servers counted in the window that ends now, per service, method and instance, whoever
   * called (the caller is empty): the only word about services whose callers send no metrics.
   *
   * @param window as in {@link #totals}
   */
  public List<CallTotals> served(Duration window) {
    return collect(window, Source.SERVED);
  }

  /**
   * The logical calls of the window that ends now: as callers counted them; for services that no
   * caller counts, as they counted themselves (the caller is empty).
   *
   * @param window as in {@link #totals}
   */
  public List<CallTotals> logical(Duration window) {
    List<CallTotals> rows = new ArrayList<>(collect(window, Source.CALL));
    Set<String> called = rows.stream().map(CallTotals::service).collect(Collectors.toSet());
    served(window).stream().filter(row -> !called.contains(row.service())).forEach(rows::add);
    return rows;
  }

  /**
   * Rate, errors and durations in steps of 10 s. Services whose callers count nothing show what
   * they counted themselves.
   */
  public RedSeries series(RedQuery query) {
    return new SeriesQuery(query, clock.millis()).over(series);
  }

  /** Grows with every change: whoever pushes looks whether it moved. */
  public long version() {
    return version.get();
  }

  /** Series kept now. */
  public int seriesCount() {
    return series.size();
  }

  /** Points refused because there were too many series. */
  public long refused() {
    return refused.sum();
  }

  /**
   * What callers counted of one service in the last 15 minutes, step by step: one row of logical
   * calls per caller and method (empty instance), and one of attempts per called instance.
   */
  public List<CallSteps> steps(String service) {
    long first = Math.floorDiv(clock.millis(), Series.STEP_MILLIS) - Series.STEPS + 1;
    List<CallSteps> rows = new ArrayList<>();
    series.forEach(
        (key, one) -> {
          if (key.service().equals(service) && key.source() != Source.SERVED) {
            Tally[] steps = Tally.empty(Series.STEPS);
            one.addSteps(first, steps);
            rows.add(new CallSteps(key.caller(), key.method(), key.instance(), List.of(steps)));
          }
        });
    return rows;
  }

  /** Counts calls that ended at a moment; false if there are too many series to take a new one. */
  boolean add(SeriesKey key, long atMillis, LatencyHistogram durations, Ending ending) {
    sweep(clock.millis());
    // Adding inside compute keeps the sweep from removing the series in between.
    Series taken =
        series.compute(
            key,
            (k, present) -> {
              if (present == null && series.mappingCount() >= maxSeries) {
                return null;
              }
              Series target = present == null ? new Series() : present;
              target.add(atMillis, durations, ending);
              return target;
            });
    if (taken == null) {
      refused.increment();
      return false;
    }
    version.incrementAndGet();
    return true;
  }

  private void sweep(long nowMillis) {
    long due = nextSweepMillis.get();
    if (nowMillis >= due && nextSweepMillis.compareAndSet(due, nowMillis + SWEEP_MILLIS)) {
      long oldest = nowMillis - REACH.toMillis() - Series.STEP_MILLIS;
      for (SeriesKey key : series.keySet()) {
        series.computeIfPresent(key, (k, present) -> present.idleSince(oldest) ? null : present);
      }
    }
  }

  private List<CallTotals> collect(Duration window, Source source) {
    long windowMillis = checked(window).toMillis();
    long now = clock.millis();
    List<CallTotals> rows = new ArrayList<>();
    series.forEach(
        (key, one) -> {
          if (key.source() == source) {
            Tally sum = one.sum(now, windowMillis);
            if (sum.calls() > 0) {
              rows.add(row(key, sum));
            }
          }
        });
    return rows;
  }

  private static Duration checked(Duration window) {
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(REACH) > 0) {
      throw new IllegalArgumentException(
          "window: " + window + " (expected: PT1S to " + REACH + ")");
    }
    return window;
  }

  private static CallTotals row(SeriesKey key, Tally sum) {
    return new CallTotals(
        key.caller(),
        key.service(),
        key.method(),
        key.instance(),
        sum.calls(),
        sum.errors(),
        sum.retries(),
        sum.latency());
  }

  private static SeriesKey callOf(CallTotals row) {
    return new SeriesKey(Source.CALL, row.caller(), row.service(), row.method(), "");
  }

  private static CallTotals withRetries(CallTotals row, long retries) {
    return new CallTotals(
        row.caller(),
        row.service(),
        row.method(),
        row.instance(),
        row.calls(),
        row.errors(),
        retries,
        row.latency());
  }
}
