package dev.clearspan.console.intake;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which log records of a request are kept, and in what size: those that were logged within
 * a trace. Thread-safe.
 */
final class LogGate {
  private final SpanLimits limits;
  private final TraceSizes sizes;

  LogGate(SpanLimits limits) {
    this.limits = limits;
    this.sizes = new TraceSizes(limits.logsPerTrace());
  }

  Admitted admit(List<ResourceLogs> request) {
    Admission admission = new Admission();
    request.forEach(admission::resource);
    return admission.result();
  }

  /**
   * What of a request is kept.
   *
   * @param received records in the request
   * @param cuts values and attributes cut
   * @param reason why records were rejected, empty when none was
   */
  record Admitted(LogBatch batch, int received, int cuts, String reason) {
    int rejected() {
      return received - batch.count();
    }
  }

  private final class Admission {
    private final SpanTrim trim = new SpanTrim(limits);
    private final List<ResourceLogs> kept = new ArrayList<>();
    private int received;
    private int admitted;
    private String reason = "";

    void resource(ResourceLogs resource) {
      ResourceLogs.Builder keptResource =
          ResourceLogs.newBuilder().setResource(trim.trimmed(resource.getResource()));
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        ScopeLogs.Builder keptScope =
            ScopeLogs.newBuilder().setScope(trim.trimmed(scope.getScope()));
        for (LogRecord log : scope.getLogRecordsList()) {
          received++;
          if (isAdmitted(log)) {
            admitted++;
            keptScope.addLogRecords(trim.trimmed(log));
          }
        }
        if (keptScope.getLogRecordsCount() > 0) {
          keptResource.addScopeLogs(keptScope);
        }
      }
      if (keptResource.getScopeLogsCount() > 0) {
        kept.add(keptResource.build());
      }
    }

    private boolean isAdmitted(LogRecord log) {
      if (!Ids.isTrace(log.getTraceId())) {
        reason =
            "log record without a trace id (expected: records of traces; send others to a store of"
                + " logs)";
        return false;
      }
      if (!Ids.isSpanOrNone(log.getSpanId())) {
        reason = "log record with a bad span id (expected: 8 bytes, or none)";
        return false;
      }
      if (!sizes.admits(log.getTraceId())) {
        reason =
            "more than " + limits.logsPerTrace() + " log records in one trace (expected: fewer)";
        return false;
      }
      return true;
    }

    Admitted result() {
      long bytes = kept.stream().mapToLong(ResourceLogs::getSerializedSize).sum();
      return new Admitted(new LogBatch(kept, admitted, bytes), received, trim.cuts(), reason);
    }
  }
}
