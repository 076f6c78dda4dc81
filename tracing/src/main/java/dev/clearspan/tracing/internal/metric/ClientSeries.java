package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.tracing.internal.metric.SeriesKey.Direction;
import java.util.Arrays;

/**
 * The series of one method of one service, as called from here. Counting a call that went well
 * looks up nothing. Thread-safe; counting is given the lane that its caller holds, and returns the
 * number of the series, by which an exemplar can be added.
 */
public final class ClientSeries {
  /** Peers whose series are kept by their number; those beyond are looked up each time. */
  private static final int KEPT_PEERS = 1_024;

  private static final int NO_PEER = 0;

  private final SeriesTable table;
  private final String method;
  private final String service;
  private final int okCalls;
  private final int sent;
  private final int received;

  /** Of first attempts that went well, by the peer's number: the series plus one, 0 unknown. */
  private volatile int[] okFirstAttempts = new int[16];

  ClientSeries(SeriesTable table, String method, String service) {
    this.table = table;
    this.method = method;
    this.service = service;
    okCalls = table.numberOf(new SeriesKey.ClientCall(method, service, Status.Code.OK, null));
    sent = messages(Direction.TRANSMIT);
    received = messages(Direction.RECEIVE);
  }

  /**
   * Counts a call.
   *
   * @param retryDelayNanos time between its attempts, when none was in progress; 0 without a retry
   */
  public int callEnded(LaneMetrics lane, CallRecord record, long retryDelayNanos) {
    int series = record.errorType() == null ? okCalls : failedCall(record);
    lane.record(series, record.endNanos() - record.startNanos());
    if (retryDelayNanos > 0) {
      lane.record(table.numberOf(new SeriesKey.RetryDelay(method, service)), retryDelayNanos);
    }
    return series;
  }

  /**
   * Counts an attempt and its messages.
   *
   * @param peer number by which its peer is known, always the same; 0: it has none
   */
  public int attemptEnded(LaneMetrics lane, AttemptRecord record, int peer) {
    int series = attempt(record, peer);
    lane.record(series, record.endNanos() - record.startNanos());
    if (record.peerInstance() != null) {
      lane.recordSize(sent, record.requestBytes());
    }
    if (record.errorType() == null) {
      lane.recordSize(received, record.responseBytes());
    }
    return series;
  }

  private int attempt(AttemptRecord record, int peer) {
    if (peer == NO_PEER || record.errorType() != null || record.kind() != AttemptKind.FIRST) {
      return lookUp(record);
    }
    int[] known = okFirstAttempts;
    int next = peer < known.length ? known[peer] : 0;
    return next == 0 ? keep(peer, lookUp(record)) : next - 1;
  }

  /** What a racing thread keeps may get lost, and is looked up again then. */
  private int keep(int peer, int series) {
    int[] known = okFirstAttempts;
    if (peer < KEPT_PEERS && peer >= known.length) {
      known = Arrays.copyOf(known, Math.max(2 * known.length, Integer.highestOneBit(peer) << 1));
      okFirstAttempts = known;
    }
    if (peer < known.length) {
      known[peer] = series + 1;
    }
    return series;
  }

  private int lookUp(AttemptRecord record) {
    return table.numberOf(
        new SeriesKey.Attempt(
            method,
            service,
            record.peerInstance(),
            record.status().code(),
            record.errorType(),
            record.kind()));
  }

  private int failedCall(CallRecord record) {
    return table.numberOf(
        new SeriesKey.ClientCall(method, service, record.status().code(), record.errorType()));
  }

  private int messages(Direction direction) {
    return table.numberOf(new SeriesKey.Message(method, service, direction));
  }
}
