package dev.clearspan.console.topology;

import java.util.List;

/**
 * A service, or a program that only calls, in the topology.
 *
 * @param kind "service", or "client" for what serves nothing
 */
public record ServiceNode(
    String service,
    String kind,
    Health health,
    Red red,
    List<InstanceNode> instances,
    int processes,
    BreakerCounts breakers) {

  /** Breakers toward the service that are not plainly closed. */
  public record BreakerCounts(int open, int halfOpen, int forced) {}
}
