package dev.clearspan.console.metric;

import dev.clearspan.console.metric.RedQuery.GroupBy;
import dev.clearspan.console.metric.SeriesKey.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One {@link RedQuery} being answered. */
final class SeriesQuery {
  private static final Comparator<Map<String, String>> BY_KEY = Comparator.comparing(Map::toString);

  private final RedQuery query;
  private final long firstStep;
  private final int steps;

  SeriesQuery(RedQuery query, long nowMillis) {
    this.query = query;
    long nowStep = Math.floorDiv(nowMillis, Series.STEP_MILLIS);
    long end = query.to() == null ? nowStep : Math.min(ceilStep(query.to()), nowStep + 1);
    long oldest = nowStep - Series.STEPS;
    long start = query.from() == null ? end - Series.STEPS : stepOf(query.from());
    this.firstStep = Math.max(start, oldest);
    this.steps = (int) Math.max(0, end - firstStep);
  }

  RedSeries over(Map<SeriesKey, Series> all) {
    Map<Map<String, String>, Tally[]> groups = new TreeMap<>(BY_KEY);
    Set<String> counted = servicesWithCallers(all.keySet());
    all.forEach(
        (key, series) -> {
          if (matches(key) && key.source() == sourceFor(key.service(), counted)) {
            series.addSteps(
                firstStep, groups.computeIfAbsent(groupOf(key), k -> Tally.empty(steps)));
          }
        });
    List<RedSeries.Series> lines = new ArrayList<>(groups.size());
    groups.forEach((key, tallies) -> lines.add(new RedSeries.Series(key, points(tallies))));
    return new RedSeries(
        Series.STEP_MILLIS / 1000,
        startOf(firstStep),
        startOf(firstStep + steps),
        lines,
        List.of());
  }

  private Source sourceFor(String service, Set<String> counted) {
    if (query.caller() == null && !counted.contains(service)) {
      return Source.SERVED;
    }
    return query.groupBy().contains(GroupBy.INSTANCE) ? Source.ATTEMPT : Source.CALL;
  }

  private static Set<String> servicesWithCallers(Set<SeriesKey> keys) {
    Set<String> services = new HashSet<>();
    for (SeriesKey key : keys) {
      if (key.source() != Source.SERVED) {
        services.add(key.service());
      }
    }
    return services;
  }

  private boolean matches(SeriesKey key) {
    return wanted(query.service(), key.service())
        && wanted(query.method(), key.method())
        && wanted(query.caller(), key.caller());
  }

  private static boolean wanted(@Nullable String filter, String value) {
    return filter == null || filter.equals(value);
  }

  private Map<String, String> groupOf(SeriesKey key) {
    Map<String, String> group = new TreeMap<>();
    for (GroupBy by : query.groupBy()) {
      group.put(
          by.name().toLowerCase(Locale.ROOT),
          switch (by) {
            case SERVICE -> key.service();
            case METHOD -> key.method();
            case CALLER -> key.caller();
            case INSTANCE -> key.instance();
          });
    }
    return group;
  }

  private List<RedPoint> points(Tally[] tallies) {
    List<RedPoint> points = new ArrayList<>(tallies.length);
    for (int i = 0; i < tallies.length; i++) {
      points.add(point(startOf(firstStep + i), tallies[i]));
    }
    return points;
  }

  private static RedPoint point(Instant at, Tally tally) {
    LatencyHistogram latency = tally.latency();
    return new RedPoint(
        at,
        tally.calls(),
        tally.errors(),
        tally.calls() * 1000.0 / Series.STEP_MILLIS,
        tally.calls() == 0 ? 0 : (double) tally.errors() / tally.calls(),
        latency.quantileMillis(0.5),
        latency.quantileMillis(0.9),
        latency.quantileMillis(0.99));
  }

  private static long stepOf(Instant moment) {
    return Math.floorDiv(millis(moment), Series.STEP_MILLIS);
  }

  private static long ceilStep(Instant moment) {
    return -Math.floorDiv(-millis(moment), Series.STEP_MILLIS);
  }

  // Far beyond any data, yet safe to convert.
  private static long millis(Instant moment) {
    return Math.multiplyExact(Math.max(0, Math.min(moment.getEpochSecond(), 1L << 40)), 1000L)
        + moment.getNano() / 1_000_000;
  }

  private static Instant startOf(long step) {
    return Instant.ofEpochMilli(step * Series.STEP_MILLIS);
  }
}
