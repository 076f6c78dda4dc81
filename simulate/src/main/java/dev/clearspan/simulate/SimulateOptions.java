package dev.clearspan.simulate;

import dev.clearspan.simulate.scenario.Scenario;
import dev.clearspan.simulate.scenario.Scenario.Size;
import dev.clearspan.simulate.scenario.Scenarios;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param clients 0: as the scenario has it
 * @param servers 0: as the scenario has it
 * @param list whether only to name the scenarios
 */
record SimulateOptions(
    List<Scenario> scenarios, long seed, int clients, int servers, Path out, boolean list) {
  private static final int MOST_CLIENTS = 20_000;
  private static final int MOST_SERVERS = 1_000;

  /** Below this, what is done to one server has no others to be compared with. */
  private static final int LEAST_SERVERS = 2;

  static final SimulateOptions DEFAULT =
      new SimulateOptions(Scenarios.all(), 1, 0, 0, Path.of("simulate/target/simulate"), false);

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the option, its value and what is expected
   */
  static SimulateOptions of(String... arguments) {
    SimulateOptions options = DEFAULT;
    Iterator<String> words = Arrays.asList(arguments).iterator();
    while (words.hasNext()) {
      options = options.with(words.next(), words);
    }
    return options;
  }

  private SimulateOptions with(String option, Iterator<String> words) {
    return switch (option) {
      case "--list" -> new SimulateOptions(scenarios, seed, clients, servers, out, true);
      case "--scenario" ->
          new SimulateOptions(named(value(option, words)), seed, clients, servers, out, list);
      case "--seed" ->
          new SimulateOptions(
              scenarios,
              number(option, value(option, words), Long.MIN_VALUE, Long.MAX_VALUE),
              clients,
              servers,
              out,
              list);
      case "--clients" ->
          new SimulateOptions(
              scenarios,
              seed,
              (int) number(option, value(option, words), 1, MOST_CLIENTS),
              servers,
              out,
              list);
      case "--servers" ->
          new SimulateOptions(
              scenarios,
              seed,
              clients,
              (int) number(option, value(option, words), LEAST_SERVERS, MOST_SERVERS),
              out,
              list);
      case "--out" ->
          new SimulateOptions(
              scenarios, seed, clients, servers, Path.of(value(option, words)), list);
      default ->
          throw new IllegalArgumentException(
              "unknown option "
                  + option
                  + " (expected: --scenario, --seed, --clients, --servers,"
                  + " --out, --list)");
    };
  }

  /** The scenario's own size, unless told otherwise. */
  Size sizeOf(Scenario scenario) {
    Size own = scenario.standard();
    return new Size(clients == 0 ? own.clients() : clients, servers == 0 ? own.servers() : servers);
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
