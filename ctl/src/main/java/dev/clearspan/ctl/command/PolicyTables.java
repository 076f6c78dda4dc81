package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;

/** Tables of what {@link PolicyCommands} shows. */
final class PolicyTables {
  private PolicyTables() {}

  static Table versions(JsonNode versions) {
    Table table = new Table("AT", "REVISION", "AUTHOR", "REASON", "ON TRIAL", "VERSION");
    for (JsonNode version : versions) {
      table.row(
          Words.time(version.path("at")),
          Words.text(version.path("revision")),
          Words.text(version.path("author")),
          Words.text(version.path("reason")),
          version.path("guarded").asBoolean() ? "yes" : "",
          Words.text(version.path("auditId")));
    }
    return table;
  }

  static Table effective(JsonNode policy) {
    Table table = new Table("FIELD", "VALUE", "FROM");
    for (JsonNode field : policy.path("fields")) {
      table.row(
          Words.text(field.path("field")),
          field.path("value").toString(),
          Words.text(field.path("from")));
    }
    return table;
  }

  static Table trial(JsonNode report) {
    JsonNode guard = report.path("guard");
    JsonNode figures = report.path("figures");
    return new Table("OF " + report.path("service").asText(), "NOW", "LIMIT")
        .row(
            "errors",
            Words.percent(figures.path("errorShare")),
            Words.percent(guard.path("maxErrorShare")))
        .row(
            "p99",
            Words.millis(figures.path("p99Millis")),
            Words.millis(guard.path("maxP99Millis")))
        .row(
            "calls judged",
            Words.text(figures.path("calls")),
            "at least " + guard.path("minimumCalls").asText())
        .row("stays for good at", Words.time(guard.path("until")), "")
        .row("goes back to revision", Words.text(guard.path("previousRevision")), "");
  }

  static String preview(JsonNode preview) {
    String nl = System.lineSeparator();
    return preview.path("calls").asText()
        + " calls between "
        + Words.time(preview.path("from"))
        + " and "
        + Words.time(preview.path("to"))
        + nl
        + rules(preview.path("rules"))
        + nl
        + splits(preview.path("splits"))
        + nl
        + breakers(preview.path("breakers"))
        + nl
        + unpredicted(preview.path("unpredicted"));
  }

  private static Table rules(JsonNode rules) {
    Table table = new Table("FIELD", "METHODS", "BEFORE", "AFTER", "WHY");
    for (JsonNode rule : rules) {
      table.row(
          Words.text(rule.path("field")),
          Words.list(rule.path("methods")),
          rule.at("/before/value").toString(),
          rule.at("/after/value").toString(),
          Words.text(rule.path("why")));
    }
    return table;
  }

  private static Table splits(JsonNode splits) {
    Table table = new Table("CALLERS", "INSTANCE", "ATTEMPTS", "SHARE BEFORE", "SHARE AFTER");
    for (JsonNode split : splits) {
      for (JsonNode instance : split.path("instances")) {
        table.row(
            Words.list(split.path("callers")),
            Words.text(instance.path("instance")),
            Words.text(instance.path("attempts")),
            Words.percent(instance.path("before")),
            Words.percent(instance.path("after")));
      }
    }
    return table;
  }

  private static Table breakers(JsonNode breakers) {
    Table table = new Table("BREAKER OF", "METHOD", "INSTANCE", "BEFORE", "AFTER");
    for (JsonNode breaker : breakers) {
      table.row(
          Words.text(breaker.path("caller")),
          Words.text(breaker.path("method")),
          Words.text(breaker.path("instance")),
          Words.text(breaker.at("/before/verdict")),
          Words.text(breaker.at("/after/verdict")));
    }
    return table;
  }

  private static Table unpredicted(JsonNode fields) {
    Table table = new Table("NOT PREDICTED", "WHY");
    for (JsonNode field : fields) {
      table.row(Words.text(field.path("field")), Words.text(field.path("why")));
    }
    return table;
  }
}
