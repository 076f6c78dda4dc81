package dev.clearspan.benchmarks.intake;

import java.util.List;

/**
 * What to measure and for how long.
 *
 * @param seconds of sending as fast as the console takes it
 * @param spans stored before traces are looked up, at least
 * @param lookups of traces by id
 */
record IntakeOptions(int seconds, long spans, int lookups) {
  static final String HELP =
      """
      usage: clearspan bench intake [options]

      How many spans a console stores: a console of its own (no registry, an empty directory) is sent
      OTLP over HTTP by four connections of this process, as fast as it takes them; what it refuses
      with 429 is sent again. Beside it, in the same run: the same bytes inserted into an H2 file
      without a console. Then traces are looked up by id. Stop other load: it measures this machine.
      Needs some 3 GB in the temporary directory.

        --quick             3 s and 200,000 spans: to see that it works, not to quote
        --seconds S         of sending (default 120, 1 to 3600)
        --spans N           stored before traces are looked up (default 10000000, at most 100000000)
        --lookups N         traces looked up (default 2000, at most 100000)
        --help

      Exit codes: 0 measured (targets may be missed); 1 something was lost, or the console failed;
      2 wrong use.
      """;

  private static final IntakeOptions DEFAULT = new IntakeOptions(120, 10_000_000, 2_000);
  private static final IntakeOptions QUICK = new IntakeOptions(3, 200_000, 200);

  /**
   * @throws IllegalArgumentException naming the option, its value and what was expected
   */
  static IntakeOptions parse(String... args) {
    List<String> words = List.of(args);
    IntakeOptions options = words.contains("--quick") ? QUICK : DEFAULT;
    for (int i = 0; i < args.length; i++) {
      if (!args[i].equals("--quick")) {
        options = options.with(args[i], i + 1 < args.length ? args[i + 1] : "");
        i++;
      }
    }
    return options;
  }

  private IntakeOptions with(String option, String value) {
    return switch (option) {
      case "--seconds" -> new IntakeOptions((int) whole(option, value, 3_600), spans, lookups);
      case "--spans" -> new IntakeOptions(seconds, whole(option, value, 100_000_000), lookups);
      case "--lookups" -> new IntakeOptions(seconds, spans, (int) whole(option, value, 100_000));
      default ->
          throw new IllegalArgumentException("option: " + option + " (expected: see --help)");
    };
  }

  private static long whole(String option, String value, long most) {
    if (value.matches("[0-9]{1,9}")) {
      long number = Long.parseLong(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        option + ": \"" + value + "\" (expected: a whole number from 1 to " + most + ")");
  }
}
