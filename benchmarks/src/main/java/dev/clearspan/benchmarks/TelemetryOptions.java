package dev.clearspan.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to measure and for how long.
 *
 * @param cells of each case, alternating between off and on
 * @param seconds length of a cell
 * @param warmupSeconds of each case
 * @param out folder of the reports; null: benchmarks/target
 */
record TelemetryOptions(
    Jdk jdk,
    int cells,
    double seconds,
    double warmupSeconds,
    List<TelemetryCase> cases,
    @Nullable Path out) {

  static final String HELP =
      """
      usage: clearspan bench telemetry [options]

      What telling of its calls costs: CPU per call of client and server together, with telemetry
      on less with telemetry off, and its 95%% interval. Ours is switched while the same pair of
      JVMs runs, in alternating cells; so is an interceptor with plain spans and instruments of
      OpenTelemetry's SDK around our engine. grpc-java runs as two pairs, with grpc-opentelemetry
      and without. All export to a sink in this process, which counts spans. Stop other load: it
      measures this machine. Reports: bench-telemetry-jdkN.md and .json in benchmarks/target.

        --quick             few short cells: to see that it works, not to quote
        --jdk A             JDK to run on: a directory, or a release found in /usr/lib/jvm
                            (default: the one that runs this)
        --cells N           cells of each case (default 32, an even number, 4 to 200)
        --seconds S         length of a cell (default 2, at most 10)
        --warmup S          warm-up of each case (default 40, at most 60)
        --cases A,B         only these (default: all)
        --out DIR           where the reports go
        --help

      Cases:
      %s
      Exit codes: 0 measured (targets may be missed); 1 wrong or missing replies, or a process that
      failed; 2 wrong use.
      """
          .formatted(TelemetryCase.explained());

  static final TelemetryOptions DEFAULT =
      new TelemetryOptions(Jdk.running(), 32, 2, 40, List.of(TelemetryCase.values()), null);

  private static final int MOST_CELLS = 200;

  static TelemetryOptions parse(String[] args) {
    TelemetryOptions options = List.of(args).contains("--quick") ? DEFAULT.quick() : DEFAULT;
    for (int i = 0; i < args.length; i++) {
      if (!args[i].equals("--quick")) {
        options = options.with(args[i], i + 1 < args.length ? args[i + 1] : "");
        i++;
      }
    }
    return options;
  }

  /** How long it will take. */
  double estimateSeconds() {
    return cases.size() * (4 + warmupSeconds + cells * (seconds + 0.1));
  }

  private TelemetryOptions quick() {
    return new TelemetryOptions(jdk, 4, 0.3, 1, cases, out);
  }

  private TelemetryOptions with(String option, String value) {
    return switch (option) {
      case "--jdk" ->
          new TelemetryOptions(Jdk.find(value), cells, seconds, warmupSeconds, cases, out);
      case "--cells" ->
          new TelemetryOptions(jdk, even(option, value), seconds, warmupSeconds, cases, out);
      case "--seconds" -> {
        double length = BenchOptions.number(option, value, 10);
        yield new TelemetryOptions(jdk, cells, length, warmupSeconds, cases, out);
      }
      case "--warmup" -> {
        double length = BenchOptions.number(option, value, 60);
        yield new TelemetryOptions(jdk, cells, seconds, length, cases, out);
      }
      case "--cases" -> {
        List<TelemetryCase> wanted = BenchOptions.list(value, TelemetryCase::of);
        yield new TelemetryOptions(jdk, cells, seconds, warmupSeconds, wanted, out);
      }
      case "--out" ->
          new TelemetryOptions(jdk, cells, seconds, warmupSeconds, cases, Path.of(value));
      default ->
          throw new IllegalArgumentException("option: " + option + " (expected: see --help)");
    };
  }

  private static int even(String option, String value) {
    int number = BenchOptions.whole(option, value, MOST_CELLS);
    if (number < 4 || number % 2 != 0) {
      throw new IllegalArgumentException(
          option + ": " + value + " (expected: an even number from 4 to " + MOST_CELLS + ")");
    }
    return number;
  }
}
