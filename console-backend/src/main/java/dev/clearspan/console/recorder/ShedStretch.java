package dev.clearspan.console.recorder;

import dev.clearspan.console.problem.Absence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shed ranges of one service that follow each other closely, taken together. */
final class ShedStretch {
  private static final long GAP_MILLIS = 10_000;

  private final String service;
  private final Instant from;
  private final Set<String> processes = new HashSet<>();
  private Instant to;
  private long count;
  private double weightedShare;

  private ShedStretch(ShedRange first) {
    this.service = first.service();
    this.from = first.from();
    this.to = first.to();
    take(first);
  }

  /** Joins ranges; stretches come in no particular order. */
  static List<ShedStretch> join(List<ShedRange> ranges) {
    List<ShedStretch> stretches = new ArrayList<>();
    ranges.stream()
        .sorted(Comparator.comparing(ShedRange::service).thenComparing(ShedRange::from))
        .forEach(
            range -> {
              ShedStretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
              if (last != null && last.reaches(range)) {
                last.take(range);
              } else {
                stretches.add(new ShedStretch(range));
              }
            });
    return stretches;
  }

  String service() {
    return service;
  }

  Instant from() {
    return from;
  }

  Instant to() {
    return to;
  }

  Absence.Shed described(@Nullable String similarTraceId) {
    return new Absence.Shed(
        service, from, to, weightedShare / count, count, processes.size(), similarTraceId);
  }

  private boolean reaches(ShedRange range) {
    return service.equals(range.service()) && !range.from().isAfter(to.plusMillis(GAP_MILLIS));
  }

  private void take(ShedRange range) {
    processes.add(range.process());
    to = range.to().isAfter(to) ? range.to() : to;
    count += range.count();
    weightedShare += range.share() * range.count();
  }
}
