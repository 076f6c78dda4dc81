package dev.clearspan.console.trace;

import java.util.List;

/**
 * What a search found.
 *
 * @param traces newest first
 * @param truncated there may be more: the limit was reached, or the search ran out of time
 */
public record TraceSearch(List<TraceSummary> traces, boolean truncated) {
  public TraceSearch {
    traces = List.copyOf(traces);
  }
}
