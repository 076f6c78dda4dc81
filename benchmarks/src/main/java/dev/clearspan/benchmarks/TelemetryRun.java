package dev.clearspan.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Runs the cases one after another, each in cells that alternate between off and on; which of two
 * neighbours comes first alternates too, so that a drift of the machine falls on both.
 */
final class TelemetryRun {
  /** SDKs send every five seconds. */
  private static final int ARRIVAL_SECONDS = 12;

  private static final int SPANS_OF_A_CALL = 2;
  private static final int WARM_UP_TURNS = 6;

  private final TelemetryOptions options;
  private final Path logs;
  private final Map<TelemetryCase, TelemetryResult> results = new EnumMap<>(TelemetryCase.class);
  private final List<String> failures = new ArrayList<>();
  private final List<Pair> running = new CopyOnWriteArrayList<>();

  TelemetryRun(TelemetryOptions options, Path logs) {
    this.options = options;
    this.logs = logs;
  }

  Map<TelemetryCase, TelemetryResult> results() {
    return results;
  }

  /** Cases that failed, and why. */
  List<String> failures() {
    return failures;
  }

  /** Ends all processes at once; for the end of this one. */
  void kill() {
    running.forEach(Pair::kill);
  }

  void run() throws Exception {
    for (TelemetryCase each : options.cases()) {
      System.err.println("measuring " + each.label());
      try (CountingSink sink = new CountingSink()) {
        results.put(each, measure(each, sink));
      } catch (IllegalStateException e) {
        failures.add(each.label() + " failed: " + e.getMessage());
      } finally {
        kill();
        running.clear();
      }
    }
  }

  private TelemetryResult measure(TelemetryCase measured, CountingSink sink) throws Exception {
    Pair telling = start(measured.telling(sink.endpoint()));
    Pair silent = measured.isSwitched() ? telling : start(measured.silent());
    TelemetryResult result = new TelemetryResult();
    long calls = warmUp(measured, telling, silent);
    for (int cell = 0; cell < options.cells(); cell++) {
      boolean on = (cell % 2 == 0) == (cell / 2 % 2 == 1);
      Cell seen = cell(measured, on ? telling : silent, on, options.seconds());
      result.add(on, seen);
      calls += on ? seen.outcome().calls() : 0;
    }
    if (measured.mustLoseNothing()) {
      result.spans(SPANS_OF_A_CALL * calls, awaitSpans(sink, SPANS_OF_A_CALL * calls));
    }
    telling.close();
    silent.close();
    return result;
  }

  /**
   * Takes turns as the cells do: each switch brings code to the compiler that the other side has
   * not needed. Returns the calls that were told of.
   */
  private long warmUp(TelemetryCase measured, Pair telling, Pair silent)
      throws InterruptedException {
    double seconds = options.warmupSeconds() / (2 * WARM_UP_TURNS);
    long calls = 0;
    for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
      Cell unused = cell(measured, silent, false, seconds);
      calls += cell(measured, telling, true, seconds).outcome().calls();
    }
    return calls;
  }

  private static Cell cell(TelemetryCase measured, Pair pair, boolean on, double seconds)
      throws InterruptedException {
    if (measured.isSwitched()) {
      pair.telemetry(on);
    }
    return pair.run(measured.shape.load, seconds);
  }

  private static long awaitSpans(CountingSink sink, long expected) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ARRIVAL_SECONDS);
    while (sink.spans() < expected && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return sink.spans();
  }

  private Pair start(Duo duo) throws Exception {
    Pair pair = Pair.start(duo, options.jdk(), logs, null);
    running.add(pair);
    return pair;
  }
}
