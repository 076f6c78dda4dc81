package dev.clearspan.simulate;

import dev.clearspan.simulate.scenario.Scenario;
import dev.clearspan.simulate.scenario.Scenario.Size;
import dev.clearspan.simulate.scenario.Scenarios;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the command line asks for.
 *
 * @param clients 0: as the scenario has it
 * @param servers 0: as the scenario has it
 * @param list whether only to name the scenarios
 */
record SimulateOptions(
    List<Scenario> scenarios, long seed, int clients, int servers, Path out, boolean list) {
  private static final String ONLY = "--only";
  private static final String SEED = "--seed";
  private static final String CLIENTS = "--clients";
  private static final String SERVERS = "--servers";
  private static final String OUT = "--out";
  private static final String LIST = "--list";
  private static final List<String> KNOWN = List.of(ONLY, SEED, CLIENTS, SERVERS, OUT, LIST);

  private static final long DEFAULT_SEED = 1;
  private static final String DEFAULT_OUT = "simulate/target/simulate";
  private static final int MOST_CLIENTS = 20_000;
  private static final int MOST_SERVERS = 1_000;

  /** Below this, what is done to one server has no others to be compared with. */
  private static final int LEAST_SERVERS = 2;

  /**
   * Reads the command line; of an option that is given twice the last one holds.
   *
   * @throws IllegalArgumentException naming the option, its value and what is expected
   */
  static SimulateOptions of(String... arguments) {
    Map<String, String> given = read(arguments);
    String only = given.get(ONLY);
    return new SimulateOptions(
        only == null ? Scenarios.all() : named(only),
        number(given, SEED, DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE),
        (int) number(given, CLIENTS, 0, 1, MOST_CLIENTS),
        (int) number(given, SERVERS, 0, LEAST_SERVERS, MOST_SERVERS),
        Path.of(given.getOrDefault(OUT, DEFAULT_OUT)),
        given.containsKey(LIST));
  }

  /** Each option with its value; one without has an empty one. */
  private static Map<String, String> read(String... arguments) {
    Map<String, String> given = new HashMap<>();
    Iterator<String> words = Arrays.asList(arguments).iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (!KNOWN.contains(option)) {
        throw new IllegalArgumentException(
            "unknown option %s (expected: %s)".formatted(option, String.join(", ", KNOWN)));
      }
      given.put(option, option.equals(LIST) ? "" : value(option, words));
    }
    return given;
  }

  /** The scenario's own size, unless told otherwise. */
  Size sizeOf(Scenario scenario) {
    Size own = scenario.standard();
    return new Size(clients == 0 ? own.clients() : clients, servers == 0 ? own.servers() : servers);
  }

  /** What plays this scenario again as it was played. */
  String commandOf(Scenario scenario) {
    return "./clearspan simulate %s %s %s %d"
        .formatted(ONLY, scenario.name(), SEED, seed)
        .concat(clients == 0 ? "" : " " + CLIENTS + " " + clients)
        .concat(servers == 0 ? "" : " " + SERVERS + " " + servers);
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

  private static long number(
      Map<String, String> given, String option, long absent, long least, long most) {
    String text = given.get(option);
    return text == null ? absent : number(option, text, least, most);
  }

  private static long number(String option, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
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
