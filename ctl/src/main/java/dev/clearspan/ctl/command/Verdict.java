package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.contract.Difference;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.output.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of comparing a candidate with one other contract.
 *
 * @param against what that is
 * @param callers who calls which methods of it now
 */
record Verdict(String against, List<Difference> differences, List<Called> callers) {
  private static final int SHORT_HASH = 12;

  /** A method and who calls it. */
  record Called(String method, List<String> callers) {}

  static String nameOf(String service, JsonNode version) {
    String hash = version.path("hash").asText();
    return "%s, live%s: contract %s of %s"
        .formatted(
            service,
            version.path("versions").isEmpty()
                ? ""
                : ", version " + Words.list(version.path("versions")),
            hash.isEmpty() ? "unknown" : hash.substring(0, Math.min(SHORT_HASH, hash.length())),
            Words.list(version.path("instances")));
  }

  /** From the API's list of methods. */
  static List<Called> callers(JsonNode methods) {
    List<Called> called = new ArrayList<>();
    for (JsonNode method : methods) {
      List<String> names = new ArrayList<>();
      method.path("callers").forEach(caller -> names.add(caller.path("caller").asText()));
      called.add(new Called(method.path("method").asText(), names));
    }
    return called;
  }

  boolean breaks() {
    return differences.stream().anyMatch(difference -> difference.level().breaks());
  }

  private Set<String> callersOf(Difference difference) {
    Set<String> names = new TreeSet<>();
    callers.stream()
        .filter(called -> difference.methods().contains(called.method()))
        .forEach(called -> names.addAll(called.callers()));
    return names;
  }

  static String text(List<Verdict> verdicts) {
    StringBuilder text = new StringBuilder();
    verdicts.forEach(verdict -> verdict.append(text));
    return text.toString();
  }

  private void append(StringBuilder text) {
    String line = System.lineSeparator();
    text.append("against ").append(against).append(line);
    for (Difference difference : differences) {
      text.append(difference).append(line);
      text.append("    breaks ").append(difference.rule().breaks()).append(line);
      text.append("    methods ").append(String.join(", ", difference.methods())).append(line);
      Set<String> callers = callersOf(difference);
      if (!callers.isEmpty()) {
        text.append("    called by ").append(String.join(", ", callers)).append(line);
      }
    }
    long breaking = differences.stream().filter(each -> each.level().breaks()).count();
    text.append(
        breaking == 0
            ? "compatible" + (differences.isEmpty() ? "" : ", " + differences.size() + " to know")
            : "NOT COMPATIBLE: " + breaking + " breaking");
    text.append(line);
  }

  static JsonNode json(List<Verdict> verdicts) {
    ObjectNode answer = Ctl.json().createObjectNode();
    answer.put("breaking", verdicts.stream().anyMatch(Verdict::breaks));
    ArrayNode comparisons = answer.putArray("comparisons");
    verdicts.forEach(verdict -> verdict.addTo(comparisons.addObject()));
    return answer;
  }

  private void addTo(ObjectNode comparison) {
    comparison.put("against", against).put("breaking", breaks());
    ArrayNode rows = comparison.putArray("differences");
    for (Difference difference : differences) {
      ObjectNode row =
          rows.addObject()
              .put("level", difference.level().name().toLowerCase(Locale.ROOT))
              .put("rule", difference.rule().name())
              .put("element", difference.element())
              .put("file", difference.file())
              .put("line", difference.line())
              .put("detail", difference.detail())
              .put("breaks", difference.rule().breaks());
      ArrayNode methods = row.putArray("methods");
      difference.methods().forEach(methods::add);
      ArrayNode names = row.putArray("callers");
      callersOf(difference).forEach(names::add);
    }
  }
}
