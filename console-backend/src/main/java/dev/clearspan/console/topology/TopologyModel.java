package dev.clearspan.console.topology;

import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.metric.ExternalCalls;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The live topology: computed when asked for, from what the registry says and what was measured in
 * a window. Thread-safe.
 */
public final class TopologyModel {
  public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(10);

  private final String env;
  private final RegistryView registry;
  private final CallAggregates calls;
  private final ExternalCalls external;
  private final Clock clock;

  public TopologyModel(
      String env,
      RegistryView registry,
      CallAggregates calls,
      ExternalCalls external,
      Clock clock) {
    this.external = external;
    this.env = env;
    this.registry = registry;
    this.calls = calls;
    this.clock = clock;
  }

  public Topology topology(Duration window) {
    return topology(registry.snapshot(), traffic(window), clock.instant());
  }

  /** Breakers not plainly closed, and one row per caller and service. */
  public List<Breaker> breakers(Duration window) {
    RegistrySnapshot snapshot = registry.snapshot();
    BreakerBoard board = new BreakerBoard(snapshot, clock.instant());
    return new BreakerRows(snapshot, board, traffic(window)).rows();
  }

  /** What is known of each service. */
  public ServiceCatalog services(Duration window) {
    Instant now = clock.instant();
    RegistrySnapshot snapshot = registry.snapshot();
    Traffic traffic = traffic(window);
    Topology topology = topology(snapshot, traffic, now);
    return new ServiceCatalog(snapshot, topology, traffic, traffic(CallAggregates.REACH));
  }

  private Topology topology(RegistrySnapshot snapshot, Traffic traffic, Instant now) {
    Dependencies dependencies =
        Dependencies.of(external.totals(traffic.window()), snapshot, traffic.window());
    return new TopologyBuilder(env, snapshot, traffic, dependencies, now).build();
  }

  private Traffic traffic(Duration window) {
    return new Traffic(calls.totals(window), window);
  }
}
