package dev.clearspan.chaos;

import dev.clearspan.chaos.scenario.Finding;
import dev.clearspan.chaos.scenario.Scenario;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What was seen, beside what it must be. */
final class ResultTable {
  private final List<Row> rows = new ArrayList<>();
  private boolean met = true;

  private record Row(String scenario, String what, String seen, String limit, String verdict) {}

  ResultTable() {
    rows.add(new Row("scenario", "what", "seen", "limit", ""));
  }

  void add(Scenario scenario, List<Finding> findings) {
    String name = scenario.name();
    for (Finding finding : findings) {
      rows.add(new Row(name, finding.what(), finding.seen(), finding.limit(), verdict(finding)));
      met &= finding.isMet();
      name = "";
    }
  }

  /** Whether all limits held. */
  boolean isMet() {
    return met;
  }

  void print(PrintStream out) {
    int scenario = rows.stream().mapToInt(row -> row.scenario.length()).max().orElse(0);
    int what = rows.stream().mapToInt(row -> row.what.length()).max().orElse(0);
    String format = "%-" + scenario + "s  %-" + what + "s  %14s  %-18s  %s";
    for (Row row : rows) {
      String line = format.formatted(row.scenario, row.what, row.seen, row.limit, row.verdict);
      out.println(line.stripTrailing());
    }
  }

  private static String verdict(Finding finding) {
    if (!finding.isLimited()) {
      return "";
    }
    return finding.isMet() ? "ok" : "MISSED";
  }
}
