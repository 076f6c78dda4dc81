package dev.clearspan.console.trace;

import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.util.List;

/**
 * Keeps the log records of traces and finds them again. Every implementation passes {@code
 * LogStoreContract}. Thread-safe, except that {@link #appendLogs} has one caller.
 */
public interface LogStore {
  /**
   * Stores records, each with a trace id; what this returned from is found by the next query.
   *
   * @throws TraceStoreException if they could not be stored; the store may be used again
   */
  void appendLogs(List<ResourceLogs> logs);

  /**
   * What was logged within a trace.
   *
   * @param limit lines, 1 or more; the earliest are returned
   * @throws TraceStoreException if the store cannot be read
   */
  TraceLogs logs(TraceId id, int limit);
}
