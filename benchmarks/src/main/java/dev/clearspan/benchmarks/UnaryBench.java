package dev.clearspan.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** {@code bench unary}: our unary call beside Netty-with-protobuf and other RPC libraries. */
public final class UnaryBench {
  private UnaryBench() {}

  /** Prints the tables; exits with 1 if a contestant or a reply failed, with 2 on a bad option. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    if (List.of(args).contains("--help")) {
      System.out.print(BenchOptions.HELP);
      return;
    }
    BenchOptions options;
    try {
      options = BenchOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(measure(options) ? 0 : 1);
  }

  private static boolean measure(BenchOptions options) throws Exception {
    double seconds = options.jdks().size() * Measurement.estimate(options);
    System.err.printf(
        "this takes about %.0f min: %d contestants, %d shapes, %d pairs, %d JDK%n",
        Math.ceil(seconds / 60),
        options.takingPart().size(),
        options.shapes().size(),
        options.pairs(),
        options.jdks().size());
    boolean right = true;
    for (Jdk jdk : options.jdks()) {
      right &= measure(options, jdk);
    }
    return right;
  }

  private static boolean measure(BenchOptions options, Jdk jdk) throws Exception {
    Path folder = Objects.requireNonNullElse(options.out(), Install.target());
    if (options.recordings() != null) {
      Files.createDirectories(options.recordings());
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    Measurement measurement = new Measurement(options, jdk, folder.resolve("bench-logs"));
    Thread killer = new Thread(measurement::kill);
    Runtime.getRuntime().addShutdownHook(killer);
    measurement.run();
    Runtime.getRuntime().removeShutdownHook(killer);
    Report report = new Report(options, jdk, measurement, load);
    System.out.print(report.text());
    System.out.println("\nreport: " + report.write(folder));
    return measurement.failures().isEmpty() && measurement.results().errors() == 0;
  }
}
