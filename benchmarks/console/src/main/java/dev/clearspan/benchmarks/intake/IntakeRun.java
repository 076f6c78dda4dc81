package dev.clearspan.benchmarks.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.benchmarks.console.BenchConsole;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One run: sending, H2 alone, sending on until there is enough, looking up. */
final class IntakeRun {
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
  private static final int WARM_UP_SECONDS = 5;
  private static final int WARM_UP_LOOKUPS = 100;

  private final IntakeOptions options;
  private final PrintStream progress;

  IntakeRun(IntakeOptions options, PrintStream progress) {
    this.options = options;
    this.progress = progress;
  }

  IntakeFigures run(Path directory)
      throws IOException, InterruptedException, ExecutionException, SQLException {
    try (BenchConsole console = BenchConsole.alone(directory)) {
      Exporter exporter = new Exporter(console.traces());
      progress.println("warming up");
      send(console, exporter, Math.min(WARM_UP_SECONDS, options.seconds()));
      progress.printf("sending for %d s%n", options.seconds());
      Sustained sustained = send(console, exporter, options.seconds());
      long refused = exporter.refused();
      progress.println("H2 alone");
      double raw = RawInsertion.spansPerSecond(directory, Math.max(3, options.seconds() / 4));
      progress.printf("sending until there are %,d spans%n", options.spans());
      exporter.sendWhile(() -> exporter.acknowledgedSpans() < options.spans());
      drain(console, exporter);
      progress.printf("looking up %,d traces%n", options.lookups());
      long[] lookups = lookups(console, exporter);
      return new IntakeFigures(
          sustained.spansPerSecond,
          raw,
          refused,
          sustained.consoleMicros,
          sustained.senderMicros,
          console.storedSpans(),
          exporter.acknowledgedSpans(),
          bytes(console.system()),
          lookups);
    }
  }

  /** Spans a second from the first sent to the last stored, and CPU a span. */
  private record Sustained(double spansPerSecond, double consoleMicros, double senderMicros) {}

  private static Sustained send(BenchConsole console, Exporter exporter, int seconds)
      throws IOException, InterruptedException, ExecutionException {
    long before = exporter.acknowledgedSpans();
    Duration consoleCpu = console.cpu();
    long senderCpu = ownCpuNanos();
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(seconds);
    exporter.sendWhile(() -> System.nanoTime() < end);
    drain(console, exporter);
    double took = (System.nanoTime() - began) / 1e9;
    double spans = exporter.acknowledgedSpans() - before;
    return new Sustained(
        spans / took,
        console.cpu().minus(consoleCpu).toNanos() / 1e3 / spans,
        (ownCpuNanos() - senderCpu) / 1e3 / spans);
  }

  /** Returns when all that was acknowledged is stored. */
  private static void drain(BenchConsole console, Exporter exporter)
      throws IOException, InterruptedException {
    long limit = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (console.storedSpans() < exporter.acknowledgedSpans()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException(
            "%,d spans were acknowledged, %,d are stored %d s later (expected: all)"
                .formatted(
                    exporter.acknowledgedSpans(), console.storedSpans(), DRAIN_LIMIT.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private long[] lookups(BenchConsole console, Exporter exporter)
      throws IOException, InterruptedException {
    Random random = new Random(42);
    long[] nanos = new long[options.lookups()];
    for (int i = -WARM_UP_LOOKUPS; i < nanos.length; i++) {
      String id = ShopTraces.id(random.nextLong(exporter.wholeTraces()));
      long began = System.nanoTime();
      int spans = console.spansOf(id);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - began;
      }
      if (spans != ShopTraces.SPANS_PER_TRACE) {
        throw new IllegalStateException(
            "trace %s: %d spans (expected: %d)".formatted(id, spans, ShopTraces.SPANS_PER_TRACE));
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static long bytes(JsonNode system) {
    return system.at("/traceStore/bytes").longValue();
  }

  private static long ownCpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
