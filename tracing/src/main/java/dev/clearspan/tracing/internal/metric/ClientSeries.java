package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.tracing.internal.metric.SeriesKey.Direction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The series of one method of one service, as called from here. Counting a call that went well
 * looks up nothing but its peer. Thread-safe; counting is given the lane that its caller holds, and
 * returns the number of the series, by which an exemplar can be added.
 */
public final class ClientSeries {
  /** Peers kept by name; those beyond are looked up each time. */
  private static final int KEPT_PEERS = 1_000;

  private final SeriesTable table;
  private final String method;
  private final String service;
  private final Map<String, Integer> okFirstAttempts = new ConcurrentHashMap<>();
  private final SeriesNumber okCalls;
  private final SeriesNumber retryDelays;
  private final SeriesNumber sent;
  private final SeriesNumber received;

  ClientSeries(SeriesTable table, String method, String service) {
    this.table = table;
    this.method = method;
    this.service = service;
    okCalls =
        new SeriesNumber(table, new SeriesKey.ClientCall(method, service, Status.Code.OK, null));
    retryDelays = new SeriesNumber(table, new SeriesKey.RetryDelay(method, service));
    sent = messages(Direction.TRANSMIT);
    received = messages(Direction.RECEIVE);
  }

  /**
   * Counts a call.
   *
   * @param retryDelayNanos time between its attempts, when none was in progress; 0 without a retry
   */
  public int callEnded(LaneMetrics lane, CallRecord record, long retryDelayNanos) {
    int series = record.errorType() == null ? okCalls.get() : failedCall(record);
    lane.record(series, record.endNanos() - record.startNanos());
    if (retryDelayNanos > 0) {
      lane.record(retryDelays.get(), retryDelayNanos);
    }
    return series;
  }

  /** Counts an attempt and its messages. */
  public int attemptEnded(LaneMetrics lane, AttemptRecord record) {
    int series = attempt(record);
    lane.record(series, record.endNanos() - record.startNanos());
    if (record.peerInstance() != null) {
      lane.recordSize(sent.get(), record.requestBytes());
    }
    if (record.errorType() == null) {
      lane.recordSize(received.get(), record.responseBytes());
    }
    return series;
  }

  private int attempt(AttemptRecord record) {
    String peer = record.peerInstance();
    if (peer == null || record.errorType() != null || record.kind() != AttemptKind.FIRST) {
      return lookUp(record);
    }
    Integer known = okFirstAttempts.get(peer);
    return known == null ? keep(peer, lookUp(record)) : known;
  }

  private int keep(String peer, int series) {
    if (okFirstAttempts.size() < KEPT_PEERS) {
      okFirstAttempts.put(peer, series);
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

  private SeriesNumber messages(Direction direction) {
    return new SeriesNumber(table, new SeriesKey.Message(method, service, direction));
  }
}
