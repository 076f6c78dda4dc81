package dev.clearspan.benchmarks.push;

import java.util.List;

/**
 * What to measure and for how long.
 *
 * @param seconds of changes, one a second
 * @param services in the registry
 * @param instances in the registry, of all services
 * @param listeners at the event stream
 * @param statusWrites a second, of processes that tell how they are
 */
record PushOptions(int seconds, int services, int instances, int listeners, int statusWrites) {
  static final String HELP =
      """
      usage: clearspan bench push [options]

      How long a change in etcd takes to reach those who listen at the console's event stream, and what
      the console spends meanwhile: an etcd and a console of its own, a registry full of services
      whose instances stand idle, one change of an instance a second. Stop other load: it measures
      this machine. Needs Debian's etcd-server and etcd-client.

        --quick             5 s, 50 services, 500 instances: to see that it works, not to quote
        --seconds S         of changes (default 60, 1 to 3600)
        --services N        (default 500, 1 to 2000)
        --instances N       of all services (default 5000, at most 20000)
        --listeners N       (default 50, 1 to 200)
        --status-writes N   of processes' status documents, a second (default 0, at most 1000)
        --help

      Exit codes: 0 measured (targets may be missed); 1 a change was not heard, or the console failed;
      2 wrong use.
      """;

  private static final PushOptions DEFAULT = new PushOptions(60, 500, 5_000, 50, 0);
  private static final PushOptions QUICK = new PushOptions(5, 50, 500, 50, 0);

  /**
   * @throws IllegalArgumentException naming the option, its value and what was expected
   */
  static PushOptions parse(String... args) {
    PushOptions options = List.of(args).contains("--quick") ? QUICK : DEFAULT;
    for (int i = 0; i < args.length; i++) {
      if (!args[i].equals("--quick")) {
        options = options.with(args[i], i + 1 < args.length ? args[i + 1] : "");
        i++;
      }
    }
    if (options.instances < options.services) {
      throw new IllegalArgumentException(
          "--instances: \"%d\" (expected: one for each of %d services at least)"
              .formatted(options.instances, options.services));
    }
    return options;
  }

  private PushOptions with(String option, String value) {
    return switch (option) {
      case "--seconds" ->
          new PushOptions(
              whole(option, value, 1, 3_600), services, instances, listeners, statusWrites);
      case "--services" ->
          new PushOptions(
              seconds, whole(option, value, 1, 2_000), instances, listeners, statusWrites);
      case "--instances" ->
          new PushOptions(
              seconds, services, whole(option, value, 1, 20_000), listeners, statusWrites);
      case "--listeners" ->
          new PushOptions(seconds, services, instances, whole(option, value, 1, 200), statusWrites);
      case "--status-writes" ->
          new PushOptions(seconds, services, instances, listeners, whole(option, value, 0, 1_000));
      default ->
          throw new IllegalArgumentException("option: " + option + " (expected: see --help)");
    };
  }

  private static int whole(String option, String value, int least, int most) {
    if (value.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "%s: \"%s\" (expected: a whole number from %d to %d)"
            .formatted(option, value, least, most));
  }
}
