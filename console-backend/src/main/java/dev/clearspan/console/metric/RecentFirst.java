package dev.clearspan.console.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The console's own exact numbers as far back as they reach, and another store's beyond. A console
 * that has just started asks the other for what was before, and shows its own while that is away.
 * Thread-safe.
 */
public final class RecentFirst implements MetricStore {
  /** A page that asks for the last 15 minutes has said so a moment ago. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final MetricStore recent;
  private final MetricStore stored;
  private final InstantSource clock;
  private final Instant begun;

  /** Asks the first, which begins now, for what lies within its reach; the second for all else. */
  public RecentFirst(MetricStore recent, MetricStore stored, InstantSource clock) {
    this.recent = recent;
    this.stored = stored;
    this.clock = clock;
    this.begun = clock.instant();
  }

  @Override
  public RedSeries series(RedQuery query) {
    Instant reach = clock.instant().minus(recent.description().reach());
    Instant from = query.from() == null ? reach : query.from();
    boolean isRecent = from.isAfter(reach.minus(GRACE));
    if (isRecent && !from.isBefore(begun)) {
      return recent.series(query);
    }
    try {
      return stored.series(query);
    } catch (MetricStoreException e) {
      if (isRecent) {
        return with(recent.series(query), "Only what this console has counted. " + e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public Description description() {
    return stored.description();
  }

  private static RedSeries with(RedSeries series, String note) {
    List<String> notes = new ArrayList<>(series.notes());
    notes.add(note);
    return new RedSeries(series.stepSeconds(), series.from(), series.to(), series.series(), notes);
  }
}
