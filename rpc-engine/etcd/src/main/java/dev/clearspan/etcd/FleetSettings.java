package dev.clearspan.etcd;

import dev.clearspan.protocol.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Follows the cadences that operators set for all processes. Loop-only. */
final class FleetSettings implements PrefixFollower.Sink {
  private static final int MAX_BYTES = 4 * 1024;
  private static final long MIN_MILLIS = 200;
  private static final long MAX_MILLIS = 60_000;

  private final IgnoredValues ignored;
  private final Consumer<Duration> statusInterval;

  FleetSettings(IgnoredValues ignored, Consumer<Duration> statusInterval) {
    this.ignored = ignored;
    this.statusInterval = statusInterval;
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
        statusInterval.accept(StatusPublisher.DEFAULT_INTERVAL);
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
    long millis = ((Parsed.Valid<Fleet>) parsed).message().getStatusIntervalMillis();
    if (millis == 0) {
      statusInterval.accept(StatusPublisher.DEFAULT_INTERVAL);
    } else if (millis < MIN_MILLIS || millis > MAX_MILLIS) {
      ignored.add(stored, "statusIntervalMillis: " + millis + " (expected: 200 to 60000, or 0)");
    } else {
      ignored.clear(stored.key());
      statusInterval.accept(Duration.ofMillis(millis));
    }
  }
}
