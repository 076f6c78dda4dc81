package dev.clearspan.etcd;

import dev.clearspan.protocol.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows the cadences that operators set for all processes. Loop-only. */
final class FleetSettings implements PrefixFollower.Sink {
  private static final int MAX_BYTES = 4 * 1024;
  private static final Range STATUS = new Range("statusIntervalMillis", 200, 60_000);
  private static final Range PUSH = new Range("metricPushIntervalMillis", 100, 3_600_000);

  private final IgnoredValues ignored;
  private final Consumer<Duration> statusInterval;
  private final Consumer<@Nullable Duration> pushInterval;

  /** What a cadence may be; 0 stands for the default. */
  private record Range(String field, long least, long most) {
    boolean has(long millis) {
      return millis == 0 || (millis >= least && millis <= most);
    }

    String refusal(long millis) {
      return "%s: %d (expected: %d to %d, or 0)".formatted(field, millis, least, most);
    }
  }

  /**
   * Follows the document.
   *
   * @param pushInterval told null when the document says nothing about it
   */
  FleetSettings(
      IgnoredValues ignored,
      Consumer<Duration> statusInterval,
      Consumer<@Nullable Duration> pushInterval) {
    this.ignored = ignored;
    this.statusInterval = statusInterval;
    this.pushInterval = pushInterval;
  }

  @Override
  public void reset(List<Stored> entries, long revision) {
    entries.forEach(this::take);
  }

  @Override
  public void changed(List<PrefixFollower.Change> changes, long revision) {
    for (PrefixFollower.Change change : changes) {
      if (change.now() != null) {
        take(change.now());
      } else if (change.key().equals(Keyspace.FLEET)) {
        apply(Fleet.getDefaultInstance());
      }
    }
  }

  @Override
  public void confirmed(long revision) {
    // Nothing here depends on the revision.
  }

  private void take(Stored stored) {
    if (!stored.key().equals(Keyspace.FLEET)) {
      return;
    }
    Parsed<Fleet> parsed = JsonValues.parse(stored, MAX_BYTES, Fleet.newBuilder());
    if (parsed instanceof Parsed.Invalid<Fleet> invalid) {
      ignored.add(stored, invalid.reason());
      return;
    }
    Fleet fleet = ((Parsed.Valid<Fleet>) parsed).message();
    if (!STATUS.has(fleet.getStatusIntervalMillis())) {
      ignored.add(stored, STATUS.refusal(fleet.getStatusIntervalMillis()));
    } else if (!PUSH.has(fleet.getMetricPushIntervalMillis())) {
      ignored.add(stored, PUSH.refusal(fleet.getMetricPushIntervalMillis()));
    } else {
      ignored.clear(stored.key());
      apply(fleet);
    }
  }

  private void apply(Fleet fleet) {
    long status = fleet.getStatusIntervalMillis();
    statusInterval.accept(
        status == 0 ? StatusPublisher.DEFAULT_INTERVAL : Duration.ofMillis(status));
    long push = fleet.getMetricPushIntervalMillis();
    pushInterval.accept(push == 0 ? null : Duration.ofMillis(push));
  }
}
