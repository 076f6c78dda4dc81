package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
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
  final LongAdder clientActive = new LongAdder();
  final LongAdder serverActive = new LongAdder();
  final CellFamily<CellKey.ClientCall, LatencyHistogram> clientCalls = histograms();
  final CellFamily<CellKey.ServedCall, LatencyHistogram> servedCalls = histograms();
  final CellFamily<CellKey.Attempt, LatencyHistogram> attempts = histograms();
  final CellFamily<CellKey.Method, LatencyHistogram> queues = histograms();
  final CellFamily<CellKey.Target, LongAdder> retries =
      new CellFamily<>(LongAdder::new, SERIES_LIMIT, overflowed);

  public void callBegan() {
    clientActive.increment();
  }

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
    if (record.kind() == AttemptKind.RETRY || record.kind() == AttemptKind.TRANSPARENT) {
      retries.cell(new CellKey.Target(method, service)).increment();
    }
  }

  public void callEnded(String method, String service, CallRecord record) {
    clientActive.decrement();
    clientCalls
        .cell(new CellKey.ClientCall(method, service, record.status().code(), record.errorType()))
        .record(record.endNanos() - record.startNanos());
  }

  public void servingBegan() {
    serverActive.increment();
  }

  public void served(String method, ServedRecord record) {
    serverActive.decrement();
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

  private <K extends CellKey> CellFamily<K, LatencyHistogram> histograms() {
    return new CellFamily<>(LatencyHistogram::new, SERIES_LIMIT, overflowed);
  }
}
