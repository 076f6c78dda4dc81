package dev.clearspan.rpc.breaker;

import java.util.Locale;

/** Why a breaker changed its computed state; a closed list, so that metrics may carry it. */
public enum TransitionCause {
  CONSECUTIVE_FAILURES,
  FAILURE_RATE,
  SLOW_CALL_RATE,
  OPEN_TIME_OVER,
  PROBE_FAILED,
  PROBES_SUCCEEDED;

  /** As in telemetry: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
