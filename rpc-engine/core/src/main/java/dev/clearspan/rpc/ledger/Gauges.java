package dev.clearspan.rpc.ledger;

import java.util.List;
import java.util.Map;

/**
 * State that is read when metrics are collected: breaker states, weights, connections, queues. A
 * component registers a source with the ledger of its process.
 */
public interface Gauges {
  /** Adds a source; the handle removes it. Sources are read concurrently with everything else. */
  AutoCloseable register(Source source);

  /** Something with a current state. */
  @FunctionalInterface
  interface Source {
    /** Current values. Must be quick and must not block. */
    List<Sample> read();
  }

  /**
   * One value.
   *
   * @param name full metric name, such as "clearspan.breaker.state"
   * @param value current value
   * @param attributes attribute keys and values
   * @param monotonic true for a running total (a counter), false for a state (a gauge)
   */
  record Sample(String name, double value, Map<String, String> attributes, boolean monotonic) {}
}
