package dev.clearspan.ctl.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trace as text: who called whom, when, for how long, and what failed. */
public final class Waterfall {
  private static final int BAR = 40;
  private static final int DEEPEST = 60;

  private final JsonNode trace;
  private final Map<String, List<JsonNode>> children = new HashMap<>();
  private final Table table = new Table("SPAN", "TIMELINE", "TOOK", "STATUS");

  private Waterfall(JsonNode trace) {
    this.trace = trace;
  }

  /** The text of a trace, as {@code GET /traces/{traceId}} gives it. */
  public static String of(JsonNode trace) {
    return new Waterfall(trace).draw();
  }

  private String draw() {
    Set<String> known = new HashSet<>();
    trace.path("spans").forEach(span -> known.add(span.path("spanId").asText()));
    List<JsonNode> roots = new ArrayList<>();
    for (JsonNode span : trace.path("spans")) {
      String parent = span.path("parentSpanId").asText("");
      if (known.contains(parent)) {
        children.computeIfAbsent(parent, id -> new ArrayList<>()).add(span);
      } else {
        roots.add(span);
      }
    }
    append(roots, 0);
    return heading() + System.lineSeparator() + table;
  }

  private String heading() {
    return "trace "
        + trace.path("traceId").asText()
        + ", "
        + Words.time(trace.path("startedAt"))
        + ", "
        + Words.millis(trace.path("durationMicros").asLong() / 1e3)
        + ", "
        + trace.path("spans").size()
        + " spans"
        + (trace.path("partial").asBoolean() ? ", parts of it are missing" : "");
  }

  private void append(List<JsonNode> spans, int depth) {
    spans.sort(Comparator.comparingLong(span -> span.path("startOffsetMicros").asLong()));
    for (JsonNode span : spans) {
      table.row(
          "  ".repeat(Math.min(depth, DEEPEST)) + name(span),
          bar(span),
          Words.millis(span.path("durationMicros").asLong() / 1e3),
          status(span));
      append(children.getOrDefault(span.path("spanId").asText(), new ArrayList<>()), depth + 1);
    }
  }

  private static String name(JsonNode span) {
    return span.path("service").asText()
        + (span.path("kind").asText().equals("CLIENT") ? " -> " : " ")
        + span.path("name").asText();
  }

  private static String status(JsonNode span) {
    if (!span.path("statusCode").asText().equals("ERROR")) {
      return "";
    }
    String message = span.path("statusMessage").asText();
    return message.isEmpty() ? "ERROR" : "ERROR " + message;
  }

  private String bar(JsonNode span) {
    double whole = Math.max(1, trace.path("durationMicros").asDouble());
    int from = place(span.path("startOffsetMicros").asDouble() / whole);
    int to =
        place(
            (span.path("startOffsetMicros").asDouble() + span.path("durationMicros").asDouble())
                / whole);
    return "." + " ".repeat(from) + "=".repeat(Math.max(1, to - from)) + " ".repeat(BAR - to) + ".";
  }

  private static int place(double share) {
    return (int) Math.round(Math.max(0, Math.min(1, share)) * BAR);
  }
}
