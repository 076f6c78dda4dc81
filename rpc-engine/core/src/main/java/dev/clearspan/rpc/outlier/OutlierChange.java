package dev.clearspan.rpc.outlier;

/**
 * An instance was ejected, or came back.
 *
 * @param ejected false: it came back
 */
public record OutlierChange(boolean ejected, OutlierCause cause) {
  /** As in telemetry. */
  public String label() {
    return ejected ? "ejected" : "returned";
  }
}
