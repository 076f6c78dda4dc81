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
final class TelemetryReport {
  private static final List<String> HEAD =
      List.of(
          "case",
          "off us/call",
          "on us/call",
          "difference us",
          "in %",
          "calls/s off",
          "calls/s on",
          "KB/call +",
          "target",
          "");

  private final TelemetryOptions options;
  private final TelemetryRun measured;
  private final String date = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
  private final double loadBefore;

  TelemetryReport(TelemetryOptions options, TelemetryRun measured, double loadBefore) {
    this.options = options;
    this.measured = measured;
    this.loadBefore = loadBefore;
  }

  String markdown() {
    StringBuilder out = new StringBuilder("# bench telemetry\n\n" + heading() + "\n\n");
    out.append(row(HEAD))
        .append("|---")
        .append("|--:".repeat(HEAD.size() - 3))
        .append("|---|---|\n");
    measured.results().forEach((each, result) -> out.append(row(cells(each, result))));
    out.append('\n');
    measured.results().keySet().forEach(each -> out.append(explained(each)));
    failures().forEach(failure -> out.append("\n**Failed**: ").append(failure).append('\n'));
    return out.toString();
  }

  private static String explained(TelemetryCase each) {
    return "- `%s`: %s; %s%n".formatted(each.label(), each.who.description, each.shape.description);
  }

  /** Writes both files and says where. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    String name = "bench-telemetry-jdk" + options.jdk().feature();
    Path page = folder.resolve(name + ".md");
    Files.writeString(page, markdown());
    Files.writeString(folder.resolve(name + ".json"), Json.of(figures()) + "\n");
    return page;
  }

  /** Wrong replies and processes that failed. */
  List<String> failures() {
    List<String> all = new ArrayList<>(measured.failures());
    measured
        .results()
        .forEach(
            (each, result) -> {
              if (result.errors() > 0) {
                all.add(each.label() + ": " + result.errors() + " wrong or missing replies");
              }
            });
    return all;
  }

  private String heading() {
    return ("JDK %s, %d CPUs, %s %s, %s. %d alternating cells of %.1f s after %.0f s of warm-up;"
            + " load average before: %.1f. CPU of client and server together; differences are"
            + " means of neighbouring cells with their 95%% interval.")
        .formatted(
            options.jdk().version(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            date,
            options.cells(),
            options.seconds(),
            options.warmupSeconds(),
            loadBefore);
  }

  private static List<String> cells(TelemetryCase each, TelemetryResult result) {
    Difference cpu = result.cpu();
    double kilobytes =
        result.median(true, Metric.KILOBYTES) - result.median(false, Metric.KILOBYTES);
    return List.of(
        "`" + each.label() + "`",
        "%.2f".formatted(cpu.base()),
        "%.2f".formatted(cpu.base() + cpu.mean()),
        "%+.2f +-%.2f".formatted(cpu.mean(), cpu.half()),
        "%+.1f +-%.1f".formatted(cpu.percent(), cpu.halfPercent()),
        Metric.CALLS.text(result.median(false, Metric.CALLS)),
        Metric.CALLS.text(result.median(true, Metric.CALLS)),
        "%.2f".formatted(kilobytes),
        each.limit == null ? "" : each.limit.toString(),
        verdict(each, result));
  }

  private static String verdict(TelemetryCase each, TelemetryResult result) {
    if (each.limit == null) {
      return "";
    }
    String met = each.limit.isMetBy(result.cpu()) ? "met" : "MISSED";
    return result.made() < 0
        ? met
        : "%s; %,d of %,d spans arrived"
            .formatted(met, result.made() - result.lost(), result.made());
  }

  private Map<String, Object> figures() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("date", date);
    all.put("jdk", options.jdk().version());
    all.put("loadBefore", loadBefore);
    all.put("seconds", options.seconds());
    measured.results().forEach((each, result) -> all.put(each.label(), figures(result)));
    all.put("failures", failures());
    return all;
  }

  private static Map<String, Object> figures(TelemetryResult result) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("cpuMicrosOff", result.figures(false, Metric.CPU));
    one.put("cpuMicrosOn", result.figures(true, Metric.CPU));
    one.put("callsPerSecondOff", result.figures(false, Metric.CALLS));
    one.put("callsPerSecondOn", result.figures(true, Metric.CALLS));
    one.put("difference", result.cpu().mean());
    one.put("differenceHalf95", result.cpu().half());
    one.put("spansMade", result.made());
    one.put("spansLost", result.lost());
    return one;
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
