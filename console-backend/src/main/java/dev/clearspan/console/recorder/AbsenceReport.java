package dev.clearspan.console.recorder;

import dev.clearspan.console.problem.Absence;
import dev.clearspan.console.trace.TraceId;
import dev.clearspan.console.trace.TraceQuery;
import dev.clearspan.console.trace.TraceQuery.StatusFilter;
import dev.clearspan.console.trace.TraceStore;
import dev.clearspan.console.trace.TraceStoreState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says why a trace is not in the store. Thread-safe. */
public final class AbsenceReport {
  /** Processes hand over within this time. */
  private static final int ARRIVAL_SECONDS = 5;

  private static final int MAX_ROWS = 10;

  private final TraceStore store;
  private final ShedTable shed;
  private final RecorderTable table;

  AbsenceReport(TraceStore store, ShedTable shed, RecorderTable table) {
    this.store = store;
    this.shed = shed;
    this.table = table;
  }

  /** What is known of a trace that the store does not have. */
  public Absence of(TraceId id) {
    List<Absence.Shed> ranges =
        ShedStretch.join(shed.excluding(id)).stream()
            .sorted(Comparator.comparing(ShedStretch::to).reversed())
            .limit(MAX_ROWS)
            .map(stretch -> stretch.described(similar(stretch)))
            .toList();
    List<Absence.Lost> losses = losses();
    TraceStoreState state = store.state();
    return new Absence(
        cause(ranges, losses),
        ranges,
        losses,
        new Absence.Retention(state.retentionHours(), state.maxBytes(), state.oldest()),
        ARRIVAL_SECONDS,
        table.state().processes().size());
  }

  private static Absence.Cause cause(List<Absence.Shed> ranges, List<Absence.Lost> losses) {
    if (!ranges.isEmpty()) {
      return Absence.Cause.SHED;
    }
    return losses.isEmpty() ? Absence.Cause.UNKNOWN : Absence.Cause.LOST;
  }

  private List<Absence.Lost> losses() {
    return table.losers().stream()
        .sorted(Comparator.comparing(AbsenceReport::lostAt).reversed())
        .flatMap(AbsenceReport::stages)
        .limit(MAX_ROWS)
        .toList();
  }

  private static Stream<Absence.Lost> stages(RecorderState.OfProcess one) {
    return one.lost().entrySet().stream()
        .map(
            stage ->
                new Absence.Lost(
                    one.service(), one.instance(), stage.getKey(), stage.getValue(), one.lostAt()));
  }

  private static Instant lostAt(RecorderState.OfProcess one) {
    Instant at = one.lostAt();
    return at == null ? Instant.EPOCH : at;
  }

  private @Nullable String similar(ShedStretch stretch) {
    TraceQuery failedThen =
        TraceQuery.NEWEST
            .withService(stretch.service())
            .withStatus(StatusFilter.ERROR)
            .withTimes(stretch.from(), stretch.to().plusMillis(1))
            .withLimit(1);
    return store.search(failedThen).traces().stream()
        .findFirst()
        .map(found -> found.traceId())
        .orElse(null);
  }
}
