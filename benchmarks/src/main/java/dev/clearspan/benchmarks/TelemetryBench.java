package dev.clearspan.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** {@code bench telemetry}: what telling of calls costs, beside OpenTelemetry's own ways. */
public final class TelemetryBench {
  private TelemetryBench() {}

  /** Prints the table; exits with 1 if a process or a reply failed, with 2 on a bad option. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    if (List.of(args).contains("--help")) {
      System.out.print(TelemetryOptions.HELP);
      return;
    }
    TelemetryOptions options;
    try {
      options = TelemetryOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.err.printf(
        "this takes about %.0f min: %d cases%n",
        Math.ceil(options.estimateSeconds() / 60), options.cases().size());
    TelemetryReport report = measure(options);
    System.out.print(report.markdown());
    System.out.println("\nreport: " + report.write(folder(options)));
    System.exit(report.failures().isEmpty() ? 0 : 1);
  }

  static TelemetryReport measure(TelemetryOptions options) throws Exception {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    TelemetryRun run = new TelemetryRun(options, folder(options).resolve("bench-logs"));
    Thread killer = new Thread(run::kill);
    Runtime.getRuntime().addShutdownHook(killer);
    run.run();
    Runtime.getRuntime().removeShutdownHook(killer);
    return new TelemetryReport(options, run, load);
  }

  private static Path folder(TelemetryOptions options) {
    return Objects.requireNonNullElse(options.out(), Install.target());
  }
}
