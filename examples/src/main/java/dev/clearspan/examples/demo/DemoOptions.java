package dev.clearspan.examples.demo;

import dev.clearspan.examples.cli.CommandLine;

/**
 * What the demo was asked for.
 *
 * @param smoke check the main job and end
 * @param port the console's
 * @param ordersPerSecond the shopper's rate
 * @param keepData keep registry and console data for the next start with this option
 * @param seconds end after this time; 0: at Ctrl-C
 * @param registry what the processes register with
 */
record DemoOptions(
    boolean smoke,
    int port,
    double ordersPerSecond,
    boolean keepData,
    int seconds,
    DemoRegistry registry) {
  private static final int A_DAY = 86_400;

  static final CommandLine COMMAND_LINE =
      new CommandLine(
              """
              usage: clearspan demo [options]

              Starts a registry, the console and the demo shop on this machine, drives load,
              and prints the console's address. Ctrl-C stops everything it started.

              Exit codes: 0 fine; 1 something did not start, or a smoke check missed its limit;
              2 wrong use; 130 stopped by Ctrl-C before it was up.""")
          .flag("--smoke", "on free ports, without a browser: check the main job, print figures")
          .option("--port", "N", "the console's port (default 8080; another if it is taken)")
          .option("--rate", "N", "orders per second, 0 to 1000 (default 40)")
          .flag("--keep-data", "keep policies, users and traces for the next --keep-data start")
          .option("--seconds", "N", "stop after N seconds (default: at Ctrl-C)")
          .option("--registry", "KIND", "embedded or etcd (default embedded)");

  static DemoOptions of(CommandLine.Parsed parsed) {
    return new DemoOptions(
        parsed.has("--smoke"),
        parsed.number("--port", 8080, 1, 65_535),
        parsed.decimal("--rate", 40, 0, 1_000),
        parsed.has("--keep-data"),
        parsed.number("--seconds", 0, 1, A_DAY),
        DemoRegistry.of(parsed.text("--registry").orElse("embedded")));
  }
}
