package dev.clearspan.console.recorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * What each process reports of its recorder. A silent process stays as long as traces do if it has
 * lost any, else for 15 minutes; beyond the capacity the longest silent one goes. Thread-safe.
 */
final class RecorderTable {
  static final int CAPACITY = 5_000;
  static final Duration SILENT = Duration.ofMinutes(15);

  private static final Comparator<RecorderState.OfProcess> WORST_FIRST =
      Comparator.comparing((RecorderState.OfProcess one) -> one.lostPerSecond() <= 0)
          .thenComparing(one -> one.shedShare() <= 0)
          .thenComparing(RecorderState.OfProcess::service)
          .thenComparing(RecorderState.OfProcess::instance)
          .thenComparing(RecorderState.OfProcess::process);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ProcessKey, ProcessCounts> processes = new HashMap<>(); // guarded by lock

  RecorderTable(InstantSource clock) {
    this.clock = clock;
  }

  /** Lets the action count what the process reports now. */
  void report(ProcessKey key, BiConsumer<ProcessCounts, Instant> action) {
    Instant now = clock.instant();
    lock.lock();
    try {
      if (!processes.containsKey(key) && processes.size() >= CAPACITY) {
        dropLongestSilent();
      }
      ProcessCounts counts = processes.computeIfAbsent(key, ProcessCounts::new);
      counts.heard(now);
      action.accept(counts, now);
    } finally {
      lock.unlock();
    }
  }

  RecorderState state() {
    Instant now = clock.instant();
    List<RecorderState.OfProcess> live =
        all(now).stream()
            .filter(one -> one.heardAt().isAfter(now.minus(SILENT)))
            .sorted(WORST_FIRST)
            .toList();
    return new RecorderState(
        live.stream().mapToDouble(RecorderState.OfProcess::lostPerSecond).sum(),
        (int) live.stream().filter(one -> one.shedShare() > 0).count(),
        live.stream()
            .map(RecorderState.OfProcess::horizonSeconds)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null),
        live);
  }

  /** Processes that have lost records, those that are silent by now included. */
  List<RecorderState.OfProcess> losers() {
    return all(clock.instant()).stream().filter(one -> !one.lost().isEmpty()).toList();
  }

  /** Forgets the silent ones; those with losses only when they are silent since before a moment. */
  void dropSilent(Instant oldest) {
    Instant lately = clock.instant().minus(SILENT);
    lock.lock();
    try {
      processes.values().removeIf(one -> one.heardAt().isBefore(one.hasLost() ? oldest : lately));
    } finally {
      lock.unlock();
    }
  }

  private List<RecorderState.OfProcess> all(Instant now) {
    lock.lock();
    try {
      return processes.values().stream().map(one -> one.state(now)).toList();
    } finally {
      lock.unlock();
    }
  }

  private void dropLongestSilent() {
    processes.entrySet().stream()
        .min(Comparator.comparing(entry -> entry.getValue().heardAt()))
        .map(Map.Entry::getKey)
        .ifPresent(processes::remove);
  }
}
