package dev.clearspan.console.topology;

import java.util.List;

/** Calls from one service to another. */
public record Edge(
    String caller,
    String callee,
    Health health,
    Red red,
    EdgeBreaker breaker,
    double retriesPerSecond,
    List<EdgeInstance> instances) {

  /** The part of an edge that goes to one instance. */
  public record EdgeInstance(String instance, double share, Red red, EdgeBreaker breaker) {}
}
