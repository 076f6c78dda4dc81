package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.tracing.internal.metric.SeriesKey.Direction;

/**
 * The series of one method of ours. Counting a call that went well looks up nothing. Thread-safe;
 * counting is given the lane that its caller holds.
 */
public final class ServedSeries {
  private final SeriesTable table;
  private final String method;
  private final int okCalls;
  private final int queued;
  private final int received;
  private final int sent;

  ServedSeries(SeriesTable table, String method) {
    this.table = table;
    this.method = method;
    okCalls = table.numberOf(new SeriesKey.ServedCall(method, Status.Code.OK, null));
    queued = table.numberOf(new SeriesKey.Queue(method));
    received = messages(Direction.RECEIVE);
    sent = messages(Direction.TRANSMIT);
  }

  /**
   * Counts a call, its time in the queue and its messages; if no handler saw it, why.
   *
   * @return the number of its series, by which an exemplar can be added
   */
  public int ended(LaneMetrics lane, ServedRecord record) {
    int series = record.errorType() == null ? okCalls : failed(record);
    lane.record(series, record.endNanos() - record.startNanos());
    lane.record(queued, record.handlerNanos() - record.startNanos());
    lane.recordSize(received, record.requestBytes());
    if (record.errorType() == null) {
      lane.recordSize(sent, record.responseBytes());
    } else if (record.handlerNanos() == record.endNanos()) {
      lane.record(rejected(record), 0);
    }
    return series;
  }

  private int failed(ServedRecord record) {
    return table.numberOf(
        new SeriesKey.ServedCall(method, record.status().code(), record.errorType()));
  }

  private int rejected(ServedRecord record) {
    return table.numberOf(new SeriesKey.Rejected(method, record.status().code()));
  }

  private int messages(Direction direction) {
    return table.numberOf(new SeriesKey.Message(method, null, direction));
  }
}
