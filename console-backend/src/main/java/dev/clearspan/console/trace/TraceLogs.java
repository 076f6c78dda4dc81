package dev.clearspan.console.trace;

import java.util.List;

/**
 * What was logged within a trace.
 *
 * @param total lines that are stored; of more than 10,000 some are not counted
 * @param partial some of them are damaged and left out
 * @param logs the earliest ones, by time
 */
public record TraceLogs(String traceId, int total, boolean partial, List<LogLine> logs) {
  public TraceLogs {
    logs = List.copyOf(logs);
  }
}
