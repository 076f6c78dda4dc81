package dev.clearspan.examples.shop;

import dev.clearspan.examples.cli.CommandLine;
import dev.clearspan.examples.shop.api.FaultSettings;

/**
 * What one instance is started with.
 *
 * @param role what it is
 * @param port where it listens; 0: any free one
 * @param instance its id in the registry
 * @param faults how it misbehaves from the start
 * @param ordersPerSecond the shopper's rate
 */
record ShopOptions(
    Role role, int port, String instance, FaultSettings faults, double ordersPerSecond) {
  static final CommandLine COMMAND_LINE =
      new CommandLine(
              """
              usage: Shop ROLE [options]

              Runs one instance of the demo shop until SIGTERM, which drains it.
              ROLE is one of: %s.
              The registry is CLEARSPAN_REGISTRY (default http://127.0.0.1:2379), the environment
              CLEARSPAN_ENV (default dev)."""
                  .formatted(Role.names()),
              "ROLE")
          .option("--port", "N", "port to listen on, loopback only; 0: any free one (default)")
          .option("--instance", "ID", "id in the registry (default: ROLE-1)")
          .option("--fail-share", "X", "share of calls that fail, 0 to 1 (default 0)")
          .option("--extra-latency-millis", "N", "added to every call (default 0)")
          .option("--rate", "N", "shopper: orders per second, 0 to 10,000 (default 40)");

  static ShopOptions of(CommandLine.Parsed parsed) {
    Role role = Role.of(parsed.word(0));
    return new ShopOptions(
        role,
        parsed.number("--port", 0, 0, 65_535),
        parsed.text("--instance").orElse(role.service() + "-1"),
        FaultSettings.newBuilder()
            .setFailShare(parsed.decimal("--fail-share", 0, 0, 1))
            .setExtraLatencyMillis(parsed.number("--extra-latency-millis", 0, 0, 60_000))
            .build(),
        parsed.decimal("--rate", 40, 0, Load.MAX_RATE));
  }
}
