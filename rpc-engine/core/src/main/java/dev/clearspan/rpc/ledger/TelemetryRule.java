package dev.clearspan.rpc.ledger;

import java.util.List;

/**
 * What is recorded of the calls of one method.
 *
 * @param headSampleRate share of traces kept from the start, 0 to 1; NaN: the process's own rate
 * @param slow from when on a call counts as slow and is kept
 * @param keptAttributes metadata keys whose values are kept with the call, at most 16
 * @param keeps orders to keep every call of a caller, at most 16; expired ones may be among them
 */
public record TelemetryRule(
    double headSampleRate, SlowRule slow, List<String> keptAttributes, List<KeepOrder> keeps) {
  /** The process' own head rate, nothing more. */
  public static final TelemetryRule DEFAULT =
      new TelemetryRule(Double.NaN, SlowRule.NONE, List.of(), List.of());

  public TelemetryRule {
    keptAttributes = List.copyOf(keptAttributes);
    keeps = List.copyOf(keeps);
  }
}
