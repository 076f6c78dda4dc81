package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import java.util.Locale;

/** Tables of alerts, their rules and silences. */
final class AlertTables {
  private AlertTables() {}

  static Table alerts(JsonNode report) {
    Table table = new Table("STATE", "SEVERITY", "ALERT", "ABOUT", "VALUE", "SINCE", "DETAIL");
    for (JsonNode alert : report.path("alerts")) {
      table.row(
          Words.text(alert.path("state")) + (alert.path("silencedBy").isTextual() ? "*" : ""),
          Words.text(alert.path("severity")),
          Words.text(alert.path("rule")),
          about(alert.path("target")),
          value(alert.path("value"))
              + " "
              + Words.text(alert.path("operator"))
              + " "
              + value(alert.path("threshold"))
              + " "
              + Words.text(alert.path("unit")),
          Words.time(alert.path("since")),
          Words.text(alert.path("detail")));
    }
    return table;
  }

  static Table rules(JsonNode list) {
    Table table = new Table("RULE", "ORIGIN", "CONDITION", "FOR", "SEVERITY", "ABOUT", "NOW");
    for (JsonNode entry : list.path("rules")) {
      JsonNode rule = entry.path("rule");
      table.row(
          Words.text(rule.path("id")),
          Words.text(entry.path("origin")),
          Words.text(rule.path("kind"))
              + " "
              + Words.text(rule.at("/condition/operator"))
              + " "
              + value(rule.at("/condition/threshold"))
              + " "
              + Words.text(rule.at("/condition/unit")),
          Words.text(rule.path("forSeconds")) + " s",
          Words.text(rule.path("severity")),
          about(rule.path("target")),
          rule.path("enabled").asBoolean() ? now(entry.path("outcome")) : "disabled");
    }
    for (JsonNode ignored : list.path("ignored")) {
      table.row(
          Words.text(ignored.path("key")),
          "ignored",
          Words.text(ignored.path("reason")),
          Words.NONE,
          Words.NONE,
          Words.NONE,
          Words.NONE);
    }
    return table;
  }

  private static String now(JsonNode outcome) {
    String blind = outcome.path("detail").asText();
    return blind.isEmpty()
        ? outcome.path("firing").asText()
            + " firing, "
            + outcome.path("pending").asText()
            + " pending, "
            + outcome.path("noData").asText()
            + " without data of "
            + outcome.path("targets").asText()
        : "no data: " + blind;
  }

  static Table preview(JsonNode preview) {
    Table table = new Table("ABOUT", "VALUE", "WOULD FIRE", "DETAIL");
    for (JsonNode found : preview.path("targets")) {
      table.row(
          about(found.path("target")),
          value(found.path("value")),
          found.path("holds").asBoolean() ? "yes" : "no",
          Words.text(found.path("detail")));
    }
    return table;
  }

  static Table silences(JsonNode silences) {
    Table table = new Table("ID", "RULE", "SERVICE", "UNTIL", "AUTHOR", "REASON");
    for (JsonNode silence : silences) {
      table.row(
          Words.text(silence.path("id")),
          Words.text(silence.path("rule")),
          Words.text(silence.path("service")),
          Words.time(silence.path("until")),
          Words.text(silence.path("author")),
          Words.text(silence.path("reason")));
    }
    return table;
  }

  private static String about(JsonNode target) {
    StringBuilder text = new StringBuilder();
    for (String part : new String[] {"caller", "service", "method", "instance"}) {
      String word = target.path(part).asText("");
      if (!word.isEmpty()) {
        text.append(text.isEmpty() ? "" : " ").append(part).append('=').append(word);
      }
    }
    return text.isEmpty() ? Words.NONE : text.toString();
  }

  private static String value(JsonNode number) {
    return number.isNumber()
        ? String.format(Locale.ROOT, "%.4g", number.doubleValue())
        : Words.NONE;
  }
}
