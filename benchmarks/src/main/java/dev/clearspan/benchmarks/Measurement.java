package dev.clearspan.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One run on one JDK. For each generation of pairs all contestants start and warm up, then they
 * take turns in each shape. A contestant that fails is left out for the rest of its generation. The
 * whole ends after {@value #PATIENCE} times the estimate, with what has been measured.
 */
final class Measurement {
  private static final int PATIENCE = 2;
  private static final double START_SECONDS = 3;
  private static final double END_SECONDS = 0.7;
  private static final int FEWEST_WARM_UPS = 2;
  private static final int MOST_WARM_UPS = 8;
  private static final double STILL_RISING = 1.03;

  /** How much longer than the least they warm up on average. */
  private static final double WARM_UP_FACTOR = 1.8;

  private final BenchOptions options;
  private final Jdk jdk;
  private final Path logs;
  private final Results results = new Results();
  private final List<String> failures = new ArrayList<>();
  private final Map<Contestant, Pair> pairs = new ConcurrentHashMap<>();

  Measurement(BenchOptions options, Jdk jdk, Path logs) {
    this.options = options;
    this.jdk = jdk;
    this.logs = logs;
  }

  Results results() {
    return results;
  }

  /** Contestants that failed, and why; empty if all went well. */
  List<String> failures() {
    return failures;
  }

  /** Seconds that a run on one JDK will take. */
  static double estimate(BenchOptions options) {
    int cells = options.shapes().stream().mapToInt(each -> options.contestants(each).size()).sum();
    double starts =
        options.takingPart().size()
            * (START_SECONDS + END_SECONDS + WARM_UP_FACTOR * options.warmupSeconds());
    return options.pairs() * (starts + options.rounds() * cells * (options.seconds() + 0.1));
  }

  void run() throws InterruptedException {
    long end =
        System.nanoTime()
            + (long) ((60 + PATIENCE * estimate(options)) * TimeUnit.SECONDS.toNanos(1));
    for (int generation = 0; generation < options.pairs(); generation++) {
      try {
        startAll(generation);
        rounds(generation, end);
      } finally {
        pairs.values().forEach(Pair::close);
        pairs.clear();
      }
    }
  }

  /** Ends all processes at once; for the end of this one. */
  void kill() {
    pairs.values().forEach(Pair::kill);
  }

  private void startAll(int generation) throws InterruptedException {
    for (Contestant contestant : options.takingPart()) {
      progress(generation, "starting and warming up " + contestant.label());
      try {
        Pair pair = Pair.start(contestant.duo(), jdk, logs, options.recordings());
        pairs.put(contestant, pair);
        warmUp(contestant, pair);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        giveUp(contestant, e);
      }
    }
  }

  private void warmUp(Contestant contestant, Pair pair) throws InterruptedException {
    List<Shape> shapes =
        options.shapes().stream().filter(shape -> shape.contestants.contains(contestant)).toList();
    for (Shape shape : shapes) {
      warmUp(shape, pair, options.warmupSeconds() / shapes.size() / FEWEST_WARM_UPS);
    }
  }

  /**
   * Runs until it gets no faster: compilers take several times longer with some than with others.
   */
  private static void warmUp(Shape shape, Pair pair, double seconds) throws InterruptedException {
    double fastest = 0;
    for (int turn = 0; turn < MOST_WARM_UPS; turn++) {
      double rate = pair.run(shape.load, seconds).callsPerSecond();
      if (rate < fastest * STILL_RISING) {
        return;
      }
      fastest = rate;
    }
  }

  private void rounds(int generation, long end) throws InterruptedException {
    for (int round = 0; round < options.rounds(); round++) {
      for (Shape shape : options.shapes()) {
        if (System.nanoTime() - end > 0) {
          failures.add("out of time after " + PATIENCE + " times the estimate");
          return;
        }
        progress(generation, "round " + (round + 1) + ", " + shape.label());
        takeTurns(shape, generation * options.rounds() + round);
      }
    }
  }

  private void takeTurns(Shape shape, int sample) throws InterruptedException {
    for (Contestant contestant : options.contestants(shape)) {
      Pair pair = pairs.get(contestant);
      if (pair != null) {
        try {
          results.add(shape, contestant, sample, pair.run(shape.load, options.seconds()));
        } catch (IllegalStateException e) {
          giveUp(contestant, e);
        }
      }
    }
  }

  private void giveUp(Contestant contestant, Exception failure) {
    failures.add(contestant.label() + " failed: " + failure.getMessage());
    Pair pair = pairs.remove(contestant);
    if (pair != null) {
      pair.kill();
    }
  }

  private void progress(int generation, String what) {
    System.err.printf("pair %d of %d: %s%n", generation + 1, options.pairs(), what);
  }
}
