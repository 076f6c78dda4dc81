package dev.clearspan.rpc.outlier;

import java.time.Duration;

/**
 * Which instances are outliers and for how long they are left out.
 *
 * @param enabled false: nothing is counted, nobody is left out as an outlier
 * @param interval time between two judgements
 * @param minimumCalls calls of an instance in an interval before it is judged
 * @param errorFactor outlier above this many times the others' error rate
 * @param latencyFactor outlier above this many times the others' latency
 * @param ejection first time out; grows by itself with each
 * @param maxEjection the growth's end
 * @param maxLeftOut share of instances that breakers, outliers and suspicion together may leave
 *     out, (0, 1]; holds also when not enabled
 */
public record OutlierSettings(
    boolean enabled,
    Duration interval,
    int minimumCalls,
    double errorFactor,
    double latencyFactor,
    Duration ejection,
    Duration maxEjection,
    double maxLeftOut) {

  public static final OutlierSettings DEFAULT =
      new OutlierSettings(
          true,
          Duration.ofSeconds(5),
          20,
          3,
          5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(300),
          0.5);

  /** How many of so many instances may be left out. */
  public int room(int instances) {
    return (int) (maxLeftOut * instances + 1e-9);
  }
}
