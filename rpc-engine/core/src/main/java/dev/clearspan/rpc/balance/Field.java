package dev.clearspan.rpc.balance;

import java.util.List;

/**
 * The endpoints that a balancer picks from, by position. Immutable, as long as nobody writes to the
 * arrays.
 */
public final class Field {
  private final List<String> ids;
  private final double[] configured;
  private final double[] weights;
  private final LoadMeter[] loads;

  /**
   * These endpoints.
   *
   * @param ids the same in every process
   * @param configured weights as people and the registry have set them
   * @param weights those in force
   */
  public Field(List<String> ids, double[] configured, double[] weights, LoadMeter[] loads) {
    this.ids = List.copyOf(ids);
    this.configured = configured;
    this.weights = weights;
    this.loads = loads;
  }

  List<String> ids() {
    return ids;
  }

  double[] configured() {
    return configured;
  }

  double[] weights() {
    return weights;
  }

  LoadMeter[] loads() {
    return loads;
  }
}
