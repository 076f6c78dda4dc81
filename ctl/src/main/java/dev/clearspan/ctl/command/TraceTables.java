package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;

/** Tables of calls that were found. */
final class TraceTables {
  private TraceTables() {}

  static Table traces(JsonNode search) {
    Table table = new Table("TRACE", "AT", "ROOT", "TOOK", "SPANS", "ERRORS", "STATUS");
    for (JsonNode trace : search.path("traces")) {
      table.row(
          Words.text(trace.path("traceId")),
          Words.time(trace.path("startedAt")),
          Words.text(trace.path("rootService")) + " " + Words.text(trace.path("rootMethod")),
          Words.millis(trace.path("durationMillis")),
          Words.text(trace.path("spans")),
          Words.text(trace.path("errors")),
          Words.text(trace.path("status")));
    }
    return table;
  }

  static Table failures(JsonNode failures) {
    Table table = new Table("TRACE", "AT", "CALLER", "METHOD", "STATUS", "TOOK", "MESSAGE");
    for (JsonNode failure : failures) {
      table.row(
          Words.text(failure.path("traceId")),
          Words.time(failure.path("at")),
          Words.text(failure.path("caller")),
          Words.text(failure.path("method")),
          Words.text(failure.path("status")),
          Words.millis(failure.path("durationMillis")),
          Words.text(failure.path("message")));
    }
    return table;
  }
}
