package dev.clearspan.console.recorder;

import dev.clearspan.console.intake.CountedRate;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one process has reported since the console heard of it. Guarded by its table's lock. */
final class ProcessCounts {
  /** Reasons and stages are few; a process that makes up more has the rest in one. */
  private static final int MAX_WORDS = 16;

  private static final String OTHER = "other";
  private static final long SHEDDING_MILLIS = 5_000;

  private final ProcessKey key;
  private final Map<String, Long> kept = new TreeMap<>();
  private final Map<String, Long> lost = new TreeMap<>();
  private final CountedRate lostRate = new CountedRate(System::nanoTime);
  private Instant heardAt = Instant.EPOCH;
  private @Nullable Instant lostAt;
  private @Nullable Instant shedAt;
  private double shedShare;
  private @Nullable Double horizonSeconds;
  private long produced;
  private long exported;
  private long shed;

  ProcessCounts(ProcessKey key) {
    this.key = key;
  }

  Instant heardAt() {
    return heardAt;
  }

  void heard(Instant now) {
    heardAt = now;
  }

  void produced(long count) {
    produced += count;
  }

  void exported(long count) {
    exported += count;
  }

  void kept(String reason, long count) {
    add(kept, reason, count);
  }

  void lost(String stage, long count, Instant now) {
    if (count > 0) {
      add(lost, stage, count);
      lostRate.add(count);
      lostAt = now;
    }
  }

  void shed(long count, double share, Instant now) {
    if (count > 0) {
      shed += count;
      shedShare = share;
      shedAt = now;
    }
  }

  void horizon(double seconds) {
    horizonSeconds = seconds;
  }

  boolean hasLost() {
    return lostAt != null;
  }

  RecorderState.OfProcess state(Instant now) {
    Instant lately = now.minusMillis(SHEDDING_MILLIS);
    boolean sheds = shedAt != null && shedAt.isAfter(lately);
    return new RecorderState.OfProcess(
        key.process(),
        key.service(),
        key.instance(),
        heardAt,
        horizonSeconds,
        produced,
        exported,
        Map.copyOf(kept),
        Map.copyOf(lost),
        lostRate.perSecond(),
        lostAt,
        shed,
        sheds ? shedShare : 0);
  }

  private static void add(Map<String, Long> counts, String word, long count) {
    String known = counts.containsKey(word) || counts.size() < MAX_WORDS ? word : OTHER;
    counts.merge(known.isEmpty() ? OTHER : known, count, Long::sum);
  }
}
