package dev.clearspan.console.outage;

import dev.clearspan.console.outage.OpenOutage.Key;
import dev.clearspan.console.outage.OpenOutage.Report;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.BreakerStatus;
import dev.clearspan.protocol.OutlierStatus;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.UnreachableInstance;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What a process' status says of instances out of use. */
final class StatusReports {
  private StatusReports() {}

  /** {@code now} is when what has no time of its own begins. */
  static Map<Key, Report> of(ProcessStatus status, Instant now) {
    Map<Key, Report> reports = new HashMap<>();
    for (UnreachableInstance each : status.getUnreachableList()) {
      reports.put(
          new Key(each.getService(), each.getInstance(), OutageKind.UNREACHABLE),
          new Report(each.getCause(), Times.instant(each.getSince())));
    }
    for (OutlierStatus each : status.getOutliersList()) {
      reports.put(
          new Key(each.getService(), each.getInstance(), OutageKind.OUTLIER),
          new Report(each.getCause(), Times.instant(each.getSince())));
    }
    for (BreakerStatus each : status.getBreakersList()) {
      if (isOff(each)) {
        reports.putIfAbsent(
            new Key(each.getService(), each.getInstance(), OutageKind.BREAKER),
            new Report(each.getMethod() + ": " + each.getCause(), Times.instant(each.getSince())));
      }
    }
    if (!status.getNotReady().isEmpty()) {
      reports.put(
          new Key(status.getService(), status.getInstanceId(), OutageKind.NOT_READY),
          new Report(status.getNotReady(), now));
    }
    return reports;
  }

  /** By what the calls say; what an operator forces is in the audit. */
  private static boolean isOff(BreakerStatus breaker) {
    return breaker.getForced() == BreakerState.BREAKER_STATE_UNSPECIFIED
        && (breaker.getComputed() == BreakerState.OPEN
            || breaker.getComputed() == BreakerState.HALF_OPEN);
  }
}
