package dev.clearspan.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code bench unary}: our unary call beside Netty-with-protobuf and grpc-java. */
public final class UnaryBench {
  private UnaryBench() {}

  /** Prints the table; exits with 1 if any reply was wrong or missing, with 2 on a bad option. */
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
    Report report = measure(options);
    System.out.printf(
        "%nJDK %s, %d CPUs, %d rounds of %.1f s, medians [least-most of same-round ratios]%n%n%s",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        options.rounds(),
        options.seconds(),
        report.table());
    if (report.errors() > 0) {
      System.err.println(report.errors() + " calls failed or had a wrong reply (expected: none)");
      System.exit(1);
    }
  }

  private static Report measure(BenchOptions options) throws Exception {
    List<Pair> pairs = new ArrayList<>();
    try {
      for (Contestant contestant : options.contestants()) {
        pairs.add(Pair.start(contestant));
      }
      warmUp(pairs, options);
      return rounds(pairs, options);
    } finally {
      pairs.forEach(Pair::close);
    }
  }

  private static void warmUp(List<Pair> pairs, BenchOptions options) throws Exception {
    for (Pair pair : pairs) {
      System.out.println("warming up " + pair.contestant.label());
      for (int inFlight : options.inFlight()) {
        Cell unused = pair.run(inFlight, options.warmupSeconds() / options.inFlight().size());
      }
    }
  }

  private static Report rounds(List<Pair> pairs, BenchOptions options) throws Exception {
    Report report = new Report();
    for (int round = 1; round <= options.rounds(); round++) {
      System.out.println("round " + round + " of " + options.rounds());
      for (int inFlight : options.inFlight()) {
        for (Pair pair : pairs) {
          report.add(inFlight, pair.contestant, pair.run(inFlight, options.seconds()));
        }
      }
    }
    return report;
  }
}
