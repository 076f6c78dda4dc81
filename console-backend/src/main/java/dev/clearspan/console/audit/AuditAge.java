package dev.clearspan.console.audit;

import dev.clearspan.console.identity.AuditIndex.Link;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.AuditEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which audit rows are too old to be kept, by the time that each says of itself: those at the
 * beginning, up to the first that is younger. One that says no time, or cannot be read, goes with
 * an old one after it. Thread-safe.
 */
public final class AuditAge {
  /** So long a few old rows wait for others: each pruning writes a row, too. */
  static final Duration SLACK = Duration.ofDays(1);

  private final RegistryView registry;
  private final Duration kept;
  private final Clock clock;

  public AuditAge(RegistryView registry, Duration kept, Clock clock) {
    this.registry = registry;
    this.kept = kept;
    this.clock = clock;
  }

  /** What is said of rows that go. */
  String words() {
    return "older than " + kept.toDays() + " days";
  }

  /**
   * Whether it is time to prune: a whole batch is too old, or a row has waited long enough. One
   * that only tells of pruning waits for others, else each of them would call for the next.
   */
  boolean isDue(int batch) {
    List<Stored<AuditEntry>> old = tooOld(batch);
    Instant waited = limit().minus(SLACK);
    return old.size() == batch
        || old.stream()
            .filter(row -> !row.value().getAction().equals(PruneMark.ACTION))
            .anyMatch(row -> row.value().hasAt() && at(row).isBefore(waited));
  }

  /**
   * Those of the chain's oldest links that are too old; none if all of them cannot be read, which
   * then stay until there are too many.
   */
  List<Link> among(List<Link> oldest) {
    Map<String, Instant> times = times();
    Instant limit = limit();
    int gone = 0;
    for (int i = 0; i < oldest.size(); i++) {
      Instant at = times.get(oldest.get(i).id());
      if (at != null && !at.isBefore(limit)) {
        break;
      }
      gone = at == null ? gone : i + 1;
    }
    return oldest.subList(0, gone);
  }

  private Map<String, Instant> times() {
    return registry.snapshot().audit().stream()
        .filter(row -> row.value().hasAt())
        .collect(Collectors.toMap(row -> row.value().getId(), AuditAge::at, (one, same) -> one));
  }

  private List<Stored<AuditEntry>> tooOld(int most) {
    List<Stored<AuditEntry>> newestFirst = registry.snapshot().audit();
    Instant limit = limit();
    int size = newestFirst.size();
    int gone = 0;
    for (int i = 0; i < Math.min(most, size); i++) {
      Stored<AuditEntry> row = newestFirst.get(size - 1 - i);
      if (row.value().hasAt() && !at(row).isBefore(limit)) {
        break;
      }
      gone = row.value().hasAt() ? i + 1 : gone;
    }
    return newestFirst.subList(size - gone, size);
  }

  private Instant limit() {
    return clock.instant().minus(kept);
  }

  private static Instant at(Stored<AuditEntry> row) {
    return Times.instant(row.value().getAt());
  }
}
