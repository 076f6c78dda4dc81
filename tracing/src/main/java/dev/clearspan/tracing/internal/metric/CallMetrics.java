package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.tracing.semconv.TelemetryNames;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls. All methods are called by any thread, take no lock and build no attributes. */
public final class CallMetrics {
  /** Series per metric, as in the OpenTelemetry SDK. */
  private static final int SERIES_LIMIT = 2_000;

  final LongAdder overflowed = new LongAdder();
  final CellFamily<CellKey.ClientCall> clientCalls = histograms();
  final CellFamily<CellKey.ServedCall> servedCalls = histograms();
  final CellFamily<CellKey.Attempt> attempts = histograms();
  final CellFamily<CellKey.Method> queues = histograms();

  public void attemptEnded(String method, String service, AttemptRecord record) {
    attempts
        .cell(
            new CellKey.Attempt(
                method,
                service,
                record.peerInstance(),
                record.status().code(),
                record.errorType(),
                record.kind()))
        .record(record.endNanos() - record.startNanos());
  }

  public void callEnded(String method, String service, CallRecord record) {
    clientCalls
        .cell(new CellKey.ClientCall(method, service, record.status().code(), record.errorType()))
        .record(record.endNanos() - record.startNanos());
  }

  public void served(String method, ServedRecord record) {
    String counted = isUnknownMethod(record) ? TelemetryNames.OTHER_METHOD : method;
    servedCalls
        .cell(new CellKey.ServedCall(counted, record.status().code(), record.errorType()))
        .record(record.endNanos() - record.startNanos());
    queues.cell(new CellKey.Method(counted)).record(record.handlerNanos() - record.startNanos());
  }

  /** Whether the server had no such method: UNIMPLEMENTED, and no handler ran. */
  public static boolean isUnknownMethod(ServedRecord record) {
    return record.status().code() == Status.Code.UNIMPLEMENTED
        && record.handlerNanos() == record.endNanos();
  }

  private <K extends CellKey> CellFamily<K> histograms() {
    return new CellFamily<>(SERIES_LIMIT, overflowed);
  }
}
