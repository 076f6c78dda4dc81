package dev.clearspan.rpc.outlier;

import java.util.Locale;

/** Why an instance was ejected or came back; a closed list, so that metrics may carry it. */
public enum OutlierCause {
  ERROR_RATE,
  LATENCY,
  TIME_OVER,
  SWITCHED_OFF;

  /** As in telemetry: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
