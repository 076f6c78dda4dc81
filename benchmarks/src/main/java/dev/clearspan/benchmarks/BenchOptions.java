package dev.clearspan.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What to measure and for how long.
 *
 * @param rounds times each cell is run, interleaved
 * @param seconds length of a cell
 * @param warmupSeconds of each pair before the first round
 * @param contestants in the order in which they take turns
 * @param inFlight concurrencies
 */
record BenchOptions(
    int rounds,
    double seconds,
    double warmupSeconds,
    List<Contestant> contestants,
    List<Integer> inFlight) {

  static final String HELP =
      """
      bench unary: a unary call of 1 KiB there and back, beside Netty-with-protobuf and grpc-java.
      Client and server run in separate JVMs on this machine; rounds are interleaved.

        --rounds N          rounds (default 3, at most 20)
        --seconds S         length of each cell (default 1, at most 10)
        --warmup S          warm-up of each pair (default 4, at most 60)
        --contestants A,B   of %s (default all)
        --inflight A,B      calls in flight (default 1,32,256)
        --help
      """
          .formatted(Contestant.labels());

  static BenchOptions parse(String[] args) {
    int rounds = 3;
    double seconds = 1;
    double warmup = 4;
    List<Contestant> contestants = List.of(Contestant.values());
    List<Integer> inFlight = List.of(1, 32, 256);
    for (int i = 0; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--rounds" -> rounds = (int) number(args[i], value, 20);
        case "--seconds" -> seconds = number(args[i], value, 10);
        case "--warmup" -> warmup = number(args[i], value, 60);
        case "--contestants" -> contestants = contestants(value);
        case "--inflight" -> inFlight = numbers(args[i], value);
        default ->
            throw new IllegalArgumentException("option: " + args[i] + " (expected: see --help)");
      }
    }
    return new BenchOptions(rounds, seconds, warmup, contestants, inFlight);
  }

  private static List<Contestant> contestants(String value) {
    List<Contestant> chosen = new ArrayList<>();
    for (String label : value.split(",", -1)) {
      chosen.add(Contestant.of(label));
    }
    return chosen;
  }

  private static List<Integer> numbers(String option, String value) {
    List<Integer> chosen = new ArrayList<>();
    for (String each : value.split(",", -1)) {
      chosen.add((int) number(option, each, 1000));
    }
    return chosen;
  }

  private static double number(String option, String value, double most) {
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number out of range.
    }
    throw new IllegalArgumentException(
        option + ": " + value + " (expected: a number > 0 and <= " + most + ")");
  }
}
