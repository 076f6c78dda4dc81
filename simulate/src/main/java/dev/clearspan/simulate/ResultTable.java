package dev.clearspan.simulate;

import dev.clearspan.simulate.scenario.Check;
import dev.clearspan.simulate.scenario.Play;
import dev.clearspan.simulate.scenario.Scenario;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What was measured against what was wanted. The same plays make the same table. */
final class ResultTable {
  private final List<Row> rows = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();

  private record Row(String scenario, String what, String measured, String target, String verdict) {
    static final Row HEAD = new Row("scenario", "what", "measured", "target", "");
  }

  ResultTable() {
    rows.add(Row.HEAD);
  }

  void add(Scenario scenario, Play play) {
    settings.add(scenario.name() + ": " + play.setting());
    String name = scenario.name();
    for (Check check : play.checks()) {
      rows.add(row(name, check));
      name = "";
    }
  }

  void print(PrintStream out) {
    int scenario = rows.stream().mapToInt(row -> row.scenario.length()).max().orElse(0);
    int what = rows.stream().mapToInt(row -> row.what.length()).max().orElse(0);
    String format = "%-" + scenario + "s  %-" + what + "s  %10s  %10s  %s%n";
    for (Row row : rows) {
      out.printf(format, row.scenario, row.what, row.measured, row.target, row.verdict);
    }
    out.println();
    settings.forEach(out::println);
  }

  private static Row row(String scenario, Check check) {
    return new Row(
        scenario,
        check.what(),
        check.measuredText(),
        check.targetText(),
        check.isMet() ? "met" : "MISSED");
  }
}
