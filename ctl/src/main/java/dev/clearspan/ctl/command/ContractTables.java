package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;

/** Tables of what services offer, who called it, and what does not fit. */
final class ContractTables {
  private static final int SHORT_HASH = 12;

  private ContractTables() {}

  static Table api(JsonNode described) {
    Table table = new Table("METHOD", "SHAPE", "KIND", "IDEMPOTENCY", "REQUEST", "RESPONSE");
    for (JsonNode service : described.path("services")) {
      for (JsonNode method : service.path("methods")) {
        table.row(
            method.path("method").asText()
                + (method.path("deprecated").asBoolean() ? " (deprecated)" : ""),
            Words.text(method.path("shape")),
            Words.text(method.path("kind")),
            Words.text(method.path("idempotency")),
            Words.text(method.path("requestType")),
            Words.text(method.path("responseType")));
      }
    }
    return table;
  }

  static Object report(JsonNode report) {
    Table versions = new Table("CONTRACT", "VERSIONS", "INSTANCES", "SINCE", "PROBLEM");
    for (JsonNode version : report.path("versions")) {
      versions.row(
          shortened(version.path("hash")),
          Words.list(version.path("versions")),
          Words.list(version.path("instances")),
          Words.time(version.path("since")),
          Words.text(version.path("problem")));
    }
    Table differences = new Table("LEVEL", "RULE", "ELEMENT", "WHAT", "BREAKS", "METHODS");
    for (JsonNode step : report.path("steps")) {
      for (JsonNode row : step.path("differences")) {
        differences.row(
            Words.text(row.path("level")),
            Words.text(row.path("rule")),
            Words.text(row.path("element")),
            Words.text(row.path("detail")),
            Words.text(row.path("breaks")),
            Words.list(row.path("methods")));
      }
    }
    String verdict =
        report.path("breaking").asBoolean() ? "These versions do not fit together." : "All fits.";
    return versions.toString()
        + verdict
        + System.lineSeparator()
        + (report.path("steps").isEmpty() ? "" : differences);
  }

  static Table mixed(JsonNode reports) {
    Table table = new Table("SERVICE", "CONTRACTS", "FIT");
    for (JsonNode report : reports) {
      table.row(
          Words.text(report.path("service")),
          report.path("versions").size(),
          report.path("breaking").asBoolean() ? "no" : "yes");
    }
    return table;
  }

  static Table invocations(JsonNode rows) {
    Table table =
        new Table("AT", "AUTHOR", "SERVICE", "METHOD", "INSTANCE", "STATUS", "TOOK", "TRACE");
    for (JsonNode row : rows) {
      table.row(
          Words.time(row.path("at")),
          Words.text(row.path("author")),
          Words.text(row.path("service")),
          Words.text(row.path("method")),
          Words.text(row.path("instance")),
          Words.text(row.path("status")),
          Words.millis(row.path("elapsedMillis")),
          Words.text(row.path("traceId")));
    }
    return table;
  }

  private static String shortened(JsonNode hash) {
    String text = Words.text(hash);
    return text.substring(0, Math.min(SHORT_HASH, text.length()));
  }
}
