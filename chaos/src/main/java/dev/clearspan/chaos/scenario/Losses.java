package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.FailedCall;
import dev.clearspan.chaos.load.Tally;
import dev.clearspan.chaos.world.WorkServer;
import java.util.List;

/** What a server may take with it: bookings that it had, of which nobody knows what became. */
final class Losses {
  private Losses() {}

  static List<Finding> findings(Tally tally, WorkServer victim) {
    return List.of(
        Finding.told(
            "bookings lost in flight at it, outcome UNKNOWN", explained(tally, victim), ""),
        Finding.none("failed calls that may be repeated", tally.failed(FailedCall::isIdempotent)),
        Finding.none("other failed calls", tally.failed() - explained(tally, victim)));
  }

  static List<FailedCall> unexplained(Tally tally, WorkServer victim) {
    return tally.failures().stream().filter(failed -> !isExplained(failed, victim)).toList();
  }

  private static long explained(Tally tally, WorkServer victim) {
    return tally.failed(failed -> isExplained(failed, victim));
  }

  private static boolean isExplained(FailedCall failed, WorkServer victim) {
    return !failed.isIdempotent() && failed.isUnknown() && failed.peer().equals(victim.id());
  }
}
