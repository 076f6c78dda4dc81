package dev.clearspan.console.api;

import dev.clearspan.console.problem.Absence;
import dev.clearspan.console.trace.TraceId;
import dev.clearspan.console.trace.TraceStore;
import java.time.temporal.ChronoUnit;

/** Why a trace is not there, in a sentence or two. */
final class AbsenceWords {
  private AbsenceWords() {}

  static String of(TraceId id, Absence absence) {
    return "Trace " + id + " is not stored. " + cause(absence) + " " + retention(absence);
  }

  /** What of another store is to be known with it. */
  static String of(TraceStore.Description store) {
    return store.limits().isEmpty()
        ? ""
        : " It was asked for at " + store.where() + " too. " + store.limits().get(0);
  }

  private static String cause(Absence absence) {
    return switch (absence.cause()) {
      case SHED -> shed(absence.shed().get(0));
      case LOST -> lost(absence.lost().get(0));
      case UNKNOWN ->
          absence.reporting() == 0
              ? "No process reports its recorder here; do they send telemetry to this console?"
              : "None of the "
                  + absence.reporting()
                  + " processes that report here has shed or lost it; is the id complete, and of"
                  + " this environment?";
    };
  }

  private static String shed(Absence.Shed shed) {
    String similar =
        shed.similarTraceId() == null ? "" : " One like it that was kept: " + shed.similarTraceId();
    return "If it is of %s and of %s to %s, it was shed then with %.0f%% of the traces to be kept.%s"
        .formatted(
            shed.service(),
            shed.from().truncatedTo(ChronoUnit.SECONDS),
            shed.to().truncatedTo(ChronoUnit.SECONDS),
            shed.share() * 100,
            similar.isEmpty() ? "" : similar + ".");
  }

  private static String lost(Absence.Lost lost) {
    return "It may be among the "
        + lost.count()
        + " records that "
        + lost.instance()
        + " of "
        + lost.service()
        + " has lost ("
        + lost.stage()
        + ", last at "
        + lost.at()
        + ").";
  }

  private static String retention(Absence absence) {
    Absence.Retention retention = absence.retention();
    String oldest =
        retention.oldest() == null
            ? "nothing is stored now"
            : "the oldest stored arrived after " + retention.oldest();
    return "Traces are kept for %d hours and up to %d MiB; %s. A call that ended less than %d s ago"
            .formatted(
                retention.hours(), retention.maxBytes() >> 20, oldest, absence.arrivalSeconds())
        + " may still be on its way.";
  }
}
