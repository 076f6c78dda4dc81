package dev.clearspan.chaos;

import dev.clearspan.chaos.scenario.Scenario;
import dev.clearspan.chaos.scenario.Scenarios;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param rate calls a second
 * @param seconds how long each fault lasts; 0: as the scenario has it
 * @param list whether only to name the scenarios
 */
record ChaosOptions(List<Scenario> scenarios, int rate, int seconds, boolean list) {
  private static final String ONLY = "--only";
  private static final String RATE = "--rate";
  private static final String SECONDS = "--seconds";
  private static final String LIST = "--list";
  private static final List<String> KNOWN = List.of(ONLY, RATE, SECONDS, LIST);

  private static final int DEFAULT_RATE = 2_200;
  private static final int LEAST_RATE = 10;
  private static final int MOST_RATE = 20_000;
  private static final int LEAST_SECONDS = 5;
  private static final int MOST_SECONDS = 3_600;

  /**
   * Reads the command line; of an option that is given twice the last one holds.
   *
   * @throws IllegalArgumentException naming the option, its value and what is expected
   */
  static ChaosOptions of(String... arguments) {
    Map<String, String> given = new HashMap<>();
    Iterator<String> words = Arrays.asList(arguments).iterator();
    while (words.hasNext()) {
      String option = known(words.next());
      given.put(option, option.equals(LIST) ? "" : value(option, words));
    }
    String only = given.get(ONLY);
    return new ChaosOptions(
        only == null ? Scenarios.all() : named(only),
        number(RATE, given.get(RATE), DEFAULT_RATE, LEAST_RATE, MOST_RATE),
        number(SECONDS, given.get(SECONDS), 0, LEAST_SECONDS, MOST_SECONDS),
        given.containsKey(LIST));
  }

  /** The scenario's own length, unless told otherwise. */
  int secondsOf(Scenario scenario) {
    return seconds == 0 ? scenario.standardSeconds() : seconds;
  }

  private static String known(String option) {
    if (!KNOWN.contains(option)) {
      throw new IllegalArgumentException(
          "unknown option %s (expected: %s)".formatted(option, String.join(", ", KNOWN)));
    }
    return option;
  }

  private static String value(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(option + ": no value (expected: one)");
    }
    return words.next();
  }

  private static List<Scenario> named(String names) {
    return Arrays.stream(names.split(",")).map(String::strip).map(Scenarios::named).toList();
  }

  private static int number(String option, @Nullable String text, int absent, int least, int most) {
    if (text == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new IllegalArgumentException(
        "%s: %s (expected: a number from %d to %d)".formatted(option, text, least, most));
  }
}
