package dev.clearspan.chaos.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** All scenarios, in the order in which they are played. */
public final class Scenarios {
  private static final List<Scenario> ALL =
      List.of(
          ServerAway.killed(),
          ServerAway.paused(),
          ServerAway.suspended(),
          new RollingRestart(),
          new EtcdKilled(),
          new EtcdFrozen(),
          new ClusterLosses(),
          new KeyDeleted(),
          new HostileValues(),
          new ManyWatchers(),
          new LargeRegistry());

  private Scenarios() {}

  public static List<Scenario> all() {
    return ALL;
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private static String unknown(String name) {
    return "scenario: %s (expected: one of %s)"
        .formatted(name, ALL.stream().map(Scenario::name).collect(Collectors.joining(", ")));
  }
}
