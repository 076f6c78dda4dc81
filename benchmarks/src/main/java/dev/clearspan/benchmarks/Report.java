package dev.clearspan.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run saw: for people, and every single figure for programs. */
final class Report {
  private final BenchOptions options;
  private final Jdk jdk;
  private final Measurement measured;
  private final String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
  private final double loadBefore;

  Report(BenchOptions options, Jdk jdk, Measurement measured, double loadBefore) {
    this.options = options;
    this.jdk = jdk;
    this.measured = measured;
    this.loadBefore = loadBefore;
  }

  String text() {
    return "%n%s%n%s%s"
        .formatted(heading(), table().text(), failures("%nfailures%n".formatted(), "  "));
  }

  /** Writes both files and says where. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    String name = "bench-unary-jdk" + jdk.feature();
    Path page = folder.resolve(name + ".md");
    Files.writeString(
        page,
        "# bench unary%n%n%s%n%s%s"
            .formatted(
                heading(), table().markdown(), failures("%n**Failures**%n%n".formatted(), "- ")));
    Files.writeString(folder.resolve(name + ".json"), Json.of(figures()) + "\n");
    return page;
  }

  private Table table() {
    return new Table(measured.results(), options, jdk);
  }

  private String heading() {
    return ("JDK %s, %d CPUs, %s %s, %s. %d pairs, %d rounds, cells of %.1f s after %.0f s of"
            + " warm-up or more; load average before: %.1f. Medians; in brackets the least and the most of"
            + " same-sample ratios.")
        .formatted(
            jdk.version(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            date,
            options.pairs(),
            options.rounds(),
            options.seconds(),
            options.warmupSeconds(),
            loadBefore);
  }

  private String failures(String title, String bullet) {
    List<String> lines = new ArrayList<>(measured.failures());
    if (measured.results().errors() > 0) {
      lines.add(measured.results().errors() + " wrong or missing replies (expected: none)");
    }
    return lines.isEmpty() ? "" : title + bullet + String.join("\n" + bullet, lines) + "\n";
  }

  private Map<String, Object> figures() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("date", date);
    all.put("jdk", jdk.version());
    all.put("cpus", Runtime.getRuntime().availableProcessors());
    all.put("loadBefore", loadBefore);
    all.put("pairs", options.pairs());
    all.put("rounds", options.rounds());
    all.put("seconds", options.seconds());
    all.put("warmupSeconds", options.warmupSeconds());
    all.put("shapes", options.shapes().stream().map(this::figures).toList());
    all.put("targets", targets());
    all.put("failures", measured.failures());
    return all;
  }

  private Map<String, Object> figures(Shape shape) {
    Map<String, Object> byContestant = new LinkedHashMap<>();
    for (Contestant contestant : measured.results().contestants(shape)) {
      Map<String, Object> byMetric = new LinkedHashMap<>();
      for (Metric metric : Metric.values()) {
        byMetric.put(metric.label, measured.results().figures(shape, contestant, metric));
      }
      byContestant.put(contestant.label(), byMetric);
    }
    return Map.of("shape", shape.label(), "contestants", byContestant);
  }

  private List<Map<String, Object>> targets() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Target target : Target.ALL) {
      Spread seen = target.seen(measured.results());
      if (seen != null) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("target", target.text(jdk));
        one.put("median", seen.median());
        one.put("least", seen.least());
        one.put("most", seen.most());
        one.put("met", target.isMet(seen, jdk));
        all.add(one);
      }
    }
    return all;
  }
}
