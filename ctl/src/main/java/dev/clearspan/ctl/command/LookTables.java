package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;

/** Tables of what {@link LookCommands} shows. */
final class LookTables {
  private LookTables() {}

  static Table services(JsonNode services) {
    Table table = new Table("SERVICE", "HEALTH", "UP", "RATE/S", "ERRORS", "P50", "P99", "CALLERS");
    for (JsonNode service : services) {
      JsonNode red = service.path("red");
      table.row(
          Words.text(service.path("service")),
          Words.text(service.path("health")),
          service.at("/instances/up").asText() + "/" + service.at("/instances/total").asText(),
          Words.number(red.path("rate")),
          Words.percent(red.path("errorShare")),
          Words.millis(red.path("p50Millis")),
          Words.millis(red.path("p99Millis")),
          Words.list(service.path("callers")));
    }
    return table;
  }

  static Table outages(JsonNode outages) {
    Table table = new Table("INSTANCE", "WHY", "REPORTERS", "SINCE", "UNTIL", "CAUSE");
    for (JsonNode outage : outages) {
      table.row(
          Words.text(outage.path("instance")),
          Words.text(outage.path("kind")),
          outage.path("reporters").asText(),
          Words.text(outage.path("since")),
          outage.path("until").isNull() ? "goes on" : Words.text(outage.path("until")),
          Words.text(outage.path("cause")));
    }
    return table;
  }

  static Table service(JsonNode service) {
    JsonNode red = service.path("red");
    return new Table("WHAT", "VALUE")
        .row("service", Words.text(service.path("service")))
        .row("health", Words.text(service.path("health")))
        .row(
            "instances",
            service.at("/instances/up").asText()
                + " up, "
                + service.at("/instances/draining").asText()
                + " draining, "
                + service.at("/instances/gone").asText()
                + " gone")
        .row("rate", Words.number(red.path("rate")) + " calls/s")
        .row("errors", Words.percent(red.path("errorShare")))
        .row("p99", Words.millis(red.path("p99Millis")))
        .row("callers", Words.list(service.path("callers")))
        .row("callees", Words.list(service.path("callees")))
        .row("policy revision", Words.text(service.path("policyRevision")));
  }

  static Table instances(JsonNode instances) {
    Table table =
        new Table(
            "INSTANCE",
            "STATE",
            "WEIGHT",
            "CONFIGURED",
            "EFFECTIVE",
            "OBSERVED",
            "RATE/S",
            "ERRORS",
            "P99",
            "VERSION",
            "ZONE");
    for (JsonNode instance : instances) {
      JsonNode weight = instance.path("weight");
      JsonNode red = instance.path("red");
      table.row(
          Words.text(instance.path("id")),
          state(instance),
          Words.text(weight.path("configured")),
          Words.percent(weight.path("configuredShare")),
          Words.percent(weight.path("effectiveShare")),
          Words.percent(weight.path("observedShare")),
          Words.number(red.path("rate")),
          Words.percent(red.path("errorShare")),
          Words.millis(red.path("p99Millis")),
          Words.text(instance.path("version")),
          Words.text(instance.path("zone")));
    }
    return table;
  }

  private static String state(JsonNode instance) {
    JsonNode unreachable = instance.path("unreachable");
    String state = Words.text(instance.path("state"));
    if (!unreachable.isObject()) {
      return state;
    }
    return state
        + " (reported by "
        + unreachable.path("reporters").asText()
        + " of "
        + unreachable.path("callers").asText()
        + ": "
        + unreachable.path("cause").asText()
        + ")";
  }

  static Table methods(JsonNode methods) {
    Table table = new Table("METHOD", "KIND", "RATE/S", "ERRORS", "P50", "P99");
    for (JsonNode method : methods) {
      JsonNode red = method.path("red");
      table.row(
          Words.text(method.path("method")),
          Words.text(method.path("kind")),
          Words.number(red.path("rate")),
          Words.percent(red.path("errorShare")),
          Words.millis(red.path("p50Millis")),
          Words.millis(red.path("p99Millis")));
    }
    return table;
  }

  /** Calls to dependencies come last; of their breaker and retries nothing is known. */
  static Table edges(JsonNode topology) {
    Table table =
        new Table("CALLER", "CALLEE", "HEALTH", "RATE/S", "ERRORS", "P99", "BREAKER", "RETRIES/S");
    for (JsonNode edge : topology.path("edges")) {
      table.row(
          edge(
              edge,
              "callee",
              Words.text(edge.path("breaker")),
              Words.number(edge.path("retriesPerSecond"))));
    }
    for (JsonNode edge : topology.path("dependencyEdges")) {
      table.row(edge(edge, "dependency", "-", "-"));
    }
    return table;
  }

  private static String[] edge(JsonNode edge, String callee, String breaker, String retries) {
    JsonNode red = edge.path("red");
    return new String[] {
      Words.text(edge.path("caller")),
      Words.text(edge.path(callee)),
      Words.text(edge.path("health")),
      Words.number(red.path("rate")),
      Words.percent(red.path("errorShare")),
      Words.millis(red.path("p99Millis")),
      breaker,
      retries
    };
  }

  static Table moments(JsonNode past) {
    Table table = new Table("AT", "RATE/S", "ERRORS", "NOT UP", "BREAKERS");
    for (JsonNode moment : past.path("moments")) {
      table.row(
          Words.text(moment.path("at")),
          Words.number(moment.path("rate")),
          Words.percent(moment.path("errorShare")),
          moment.path("notUp").asText(),
          moment.path("breakers").asText());
    }
    return table;
  }

  static Table red(JsonNode metrics) {
    Table table = new Table("SERIES", "AT", "CALLS", "RATE/S", "ERRORS", "P50", "P99");
    for (JsonNode series : metrics.path("series")) {
      String key = Words.list(series.path("key"));
      for (JsonNode point : series.path("points")) {
        table.row(
            key,
            Words.time(point.path("at")),
            Words.text(point.path("calls")),
            Words.number(point.path("rate")),
            Words.percent(point.path("errorShare")),
            Words.millis(point.path("p50Millis")),
            Words.millis(point.path("p99Millis")));
      }
    }
    return table;
  }

  static Table system(JsonNode system) {
    return new Table("WHAT", "VALUE")
        .row("environment", Words.text(system.path("env")))
        .row("version", Words.text(system.path("version")))
        .row("up since", Words.time(system.path("startedAt")))
        .row(
            "registry",
            system.at("/registry/connected").asBoolean()
                ? "connected, revision " + system.at("/registry/revision").asText()
                : "away: " + system.at("/registry/detail").asText())
        .row("processes", Words.text(system.path("processes")))
        .row("spans/s", Words.number(system.at("/intake/spansPerSecond")))
        .row("spans dropped", Words.text(system.at("/intake/spansDropped")))
        .row("traces stored", Words.text(system.at("/traceStore/traces")))
        .row("ignored registry values", system.path("ignoredRegistryValues").size());
  }

  static Table recorders(JsonNode recorders) {
    Table table = new Table("SERVICE", "PROCESS", "PRODUCED", "EXPORTED", "LOST/S", "SHED");
    for (JsonNode process : recorders.path("processes")) {
      table.row(
          Words.text(process.path("service")),
          Words.text(process.path("process")),
          Words.text(process.path("produced")),
          Words.text(process.path("exported")),
          Words.number(process.path("lostPerSecond")),
          Words.percent(process.path("shedShare")));
    }
    return table;
  }

  static Table targets(JsonNode targets) {
    Table table = new Table("TARGET", "SERVICE", "INSTANCE", "ZONE");
    for (JsonNode target : targets) {
      table.row(
          Words.list(target.path("targets")),
          Words.text(target.at("/labels/service")),
          Words.text(target.at("/labels/instance")),
          Words.text(target.at("/labels/zone")));
    }
    return table;
  }

  static Table logs(JsonNode found) {
    Table table = new Table("AT", "SEVERITY", "SERVICE", "LOGGER", "LINE");
    for (JsonNode line : found.path("logs")) {
      table.row(
          Words.time(line.path("at")),
          Words.text(line.path("severity")),
          Words.text(line.path("service")),
          Words.text(line.path("logger")),
          Words.text(line.path("body")));
    }
    return table;
  }

  static Table audit(JsonNode rows) {
    Table table = new Table("AT", "REVISION", "AUTHOR", "ACTION", "SERVICE", "REASON", "ID");
    for (JsonNode row : rows) {
      table.row(
          Words.time(row.path("at")),
          Words.text(row.path("revision")),
          Words.text(row.path("author")),
          Words.text(row.path("action")),
          Words.text(row.path("service")),
          Words.text(row.path("reason")),
          Words.text(row.path("id")));
    }
    return table;
  }
}
