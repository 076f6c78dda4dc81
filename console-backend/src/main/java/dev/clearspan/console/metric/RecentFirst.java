package dev.clearspan.console.metric;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The console's own exact numbers as far back as they reach, and a store's beyond: what is recent
 * is shown while that store is away. Thread-safe.
 */
public final class RecentFirst implements MetricStore {
  /** A page that asks for the last 15 minutes has said so a moment ago. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private final MetricStore recent;
  private final MetricStore stored;
  private final InstantSource clock;

  /** Asks the first for what lies within its reach, the second for all else. */
  public RecentFirst(MetricStore recent, MetricStore stored, InstantSource clock) {
    this.recent = recent;
    this.stored = stored;
    this.clock = clock;
  }

  @Override
  public RedSeries series(RedQuery query) {
    Instant oldest = clock.instant().minus(recent.description().reach()).minus(GRACE);
    boolean isRecent = query.from() == null || query.from().isAfter(oldest);
    return (isRecent ? recent : stored).series(query);
  }

  @Override
  public Description description() {
    return stored.description();
  }
}
