package dev.clearspan.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of a run as text, and as Markdown: the same rows. */
final class Table {
  private static final String NONE = "-";

  private final Results results;
  private final BenchOptions options;
  private final Jdk jdk;

  Table(Results results, BenchOptions options, Jdk jdk) {
    this.results = results;
    this.options = options;
    this.jdk = jdk;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    for (Shape shape : options.shapes()) {
      if (!results.contestants(shape).isEmpty()) {
        out.append("%n%s: %s%n".formatted(shape.label(), shape.description));
        rows(shape).forEach(row -> out.append(line(row)));
      }
    }
    out.append("%ntargets%n".formatted());
    targets().forEach(row -> out.append("  %-6s %s: %s%n".formatted(row.toArray())));
    return out.toString();
  }

  String markdown() {
    StringBuilder out = new StringBuilder();
    for (Shape shape : options.shapes()) {
      if (!results.contestants(shape).isEmpty()) {
        out.append("%n**%s**: %s%n%n".formatted(shape.label(), shape.description));
        appendMarkdown(out, rows(shape));
      }
    }
    out.append("%n**Targets**%n%n| | target | seen |%n|---|---|---|%n".formatted());
    targets().forEach(row -> out.append(markdownRow(row)));
    return out.toString();
  }

  private List<List<String>> targets() {
    List<List<String>> rows = new ArrayList<>();
    for (Target target : Target.ALL) {
      Spread seen = target.seen(results);
      if (seen != null) {
        String verdict = target.isMet(seen, jdk) ? "met" : "MISSED";
        rows.add(List.of(verdict, target.text(jdk), seen.toString()));
      }
    }
    return rows;
  }

  private List<List<String>> rows(Shape shape) {
    List<Contestant> measured = results.contestants(shape);
    Contestant base = measured.get(0);
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "",
            Metric.CALLS.label,
            "x " + base.label(),
            Metric.CPU.label,
            "x " + base.label(),
            Metric.P50.label,
            Metric.P99.label,
            Metric.KILOBYTES.label,
            Metric.SWITCHES.label));
    measured.forEach(each -> rows.add(row(shape, each, base)));
    return rows;
  }

  private List<String> row(Shape shape, Contestant contestant, Contestant base) {
    return List.of(
        contestant.label(),
        median(shape, contestant, Metric.CALLS),
        ratio(shape, contestant, base, Metric.CALLS),
        median(shape, contestant, Metric.CPU),
        ratio(shape, contestant, base, Metric.CPU),
        median(shape, contestant, Metric.P50),
        median(shape, contestant, Metric.P99),
        median(shape, contestant, Metric.KILOBYTES),
        median(shape, contestant, Metric.SWITCHES));
  }

  private String median(Shape shape, Contestant contestant, Metric metric) {
    Spread seen = results.spread(shape, contestant, metric);
    return seen == null ? NONE : metric.text(seen.median());
  }

  private String ratio(Shape shape, Contestant contestant, Contestant base, Metric metric) {
    @Nullable Spread seen =
        results.together(metric, shape, contestant, shape, base, (own, other) -> own / other);
    return seen == null ? NONE : seen.toString();
  }

  private static String line(List<String> row) {
    return String.format(
        Locale.ROOT, "  %-18s %10s  %-18s %11s  %-18s %7s %7s %8s %13s%n", row.toArray());
  }

  private static void appendMarkdown(StringBuilder out, List<List<String>> rows) {
    out.append(markdownRow(rows.get(0)));
    out.append("|---").append("|--:".repeat(rows.get(0).size() - 1)).append("|\n");
    rows.subList(1, rows.size()).forEach(row -> out.append(markdownRow(row)));
  }

  private static String markdownRow(List<String> row) {
    return "| " + String.join(" | ", row) + " |\n";
  }
}
