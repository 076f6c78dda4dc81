package dev.clearspan.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to measure and for how long.
 *
 * @param jdks measured one after another
 * @param pairs pairs of JVMs of each contestant, one after another
 * @param rounds times each cell is run with each pair
 * @param seconds length of a cell
 * @param warmupSeconds of each pair
 * @param out folder of the reports; null: benchmarks/target
 * @param recordings folder of flight recordings; null: none
 */
record BenchOptions(
    List<Jdk> jdks,
    int pairs,
    int rounds,
    double seconds,
    double warmupSeconds,
    List<Shape> shapes,
    List<Contestant> contestants,
    @Nullable Path out,
    @Nullable Path recordings) {

  static final String HELP =
      """
      usage: clearspan bench unary [options]

      A unary call there and back beside Netty-with-protobuf (the limit), grpc-java, Dubbo and
      Armeria. Client and server run in separate JVMs on this machine and are checked: ids and
      lengths of all replies. Contestants take turns; ratios are of the same pair and round, shown
      as median [least-most]. Says first how long it will take. Stop other load: it measures this
      machine. The reports are bench-unary-jdkN.md and .json in benchmarks/target.

        --quick             one pair, short cells: to see that it works, not to quote
        --jdk A,B           JDKs to run on: directories, or releases found in /usr/lib/jvm
                            (default: the one that runs this)
        --pairs N           pairs of JVMs of each contestant (default 3, at most 20)
        --rounds N          times each cell is run with each pair (default 1, at most 20)
        --seconds S         length of a cell (default 2, at most 10)
        --warmup S          warm-up of each pair at least (default 8, at most 60); goes on, up to four
                            times that, while it gets faster
        --shapes A,B        only these (default: all)
        --contestants A,B   only these (default: all)
        --out DIR           where the reports go
        --jfr DIR           a flight recording of every JVM goes there
        --help

      Shapes:
      %s
      Contestants:
      %s
      Exit codes: 0 measured (targets may be missed); 1 wrong or missing replies, or a contestant
      that failed; 2 wrong use.
      """
          .formatted(Shape.explained(), Contestant.explained());

  static final BenchOptions DEFAULT =
      new BenchOptions(
          List.of(Jdk.running()),
          3,
          1,
          2,
          8,
          List.of(Shape.values()),
          List.of(Contestant.values()),
          null,
          null);

  static BenchOptions parse(String[] args) {
    BenchOptions options = DEFAULT;
    if (List.of(args).contains("--quick")) {
      options = options.quick();
    }
    for (int i = 0; i < args.length; i++) {
      if (!args[i].equals("--quick")) {
        String value = i + 1 < args.length ? args[i + 1] : "";
        options = options.with(args[i], value);
        i++;
      }
    }
    return options;
  }

  /** Those of the shape that were asked for. */
  List<Contestant> contestants(Shape shape) {
    return shape.contestants.stream().filter(contestants::contains).toList();
  }

  /** Those of any shape that were asked for. */
  List<Contestant> takingPart() {
    return contestants.stream()
        .filter(each -> shapes.stream().anyMatch(shape -> shape.contestants.contains(each)))
        .toList();
  }

  private BenchOptions quick() {
    return new BenchOptions(jdks, 1, 1, 0.7, 2, shapes, contestants, out, recordings);
  }

  private BenchOptions with(String option, String value) {
    Settings now = new Settings(this);
    switch (option) {
      case "--jdk" -> now.jdks = list(value, Jdk::find);
      case "--pairs" -> now.pairs = whole(option, value, 20);
      case "--rounds" -> now.rounds = whole(option, value, 20);
      case "--seconds" -> now.seconds = number(option, value, 10);
      case "--warmup" -> now.warmup = number(option, value, 60);
      case "--shapes" -> now.shapes = list(value, Shape::of);
      case "--contestants" -> now.contestants = list(value, Contestant::of);
      case "--out" -> now.out = Path.of(value);
      case "--jfr" -> now.recordings = Path.of(value);
      default ->
          throw new IllegalArgumentException("option: " + option + " (expected: see --help)");
    }
    return now.options();
  }

  static <T> List<T> list(String value, Function<String, T> each) {
    return new ArrayList<>(Arrays.stream(value.split(",", -1)).map(each).distinct().toList());
  }

  static int whole(String option, String value, int most) {
    if (!value.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          option + ": " + value + " (expected: a whole number from 1 to " + most + ")");
    }
    return (int) number(option, value, most);
  }

  static double number(String option, String value, int most) {
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

  /** The options while they are read. */
  private static final class Settings {
    private List<Jdk> jdks;
    private int pairs;
    private int rounds;
    private double seconds;
    private double warmup;
    private List<Shape> shapes;
    private List<Contestant> contestants;
    private @Nullable Path out;
    private @Nullable Path recordings;

    Settings(BenchOptions from) {
      jdks = from.jdks;
      pairs = from.pairs;
      rounds = from.rounds;
      seconds = from.seconds;
      warmup = from.warmupSeconds;
      shapes = from.shapes;
      contestants = from.contestants;
      out = from.out;
      recordings = from.recordings;
    }

    BenchOptions options() {
      return new BenchOptions(
          jdks, pairs, rounds, seconds, warmup, shapes, contestants, out, recordings);
    }
  }
}
