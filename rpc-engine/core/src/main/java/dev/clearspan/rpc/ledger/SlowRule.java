package dev.clearspan.rpc.ledger;

/** From when on a call counts as slow. */
public sealed interface SlowRule {
  /** No call counts as slow. */
  SlowRule NONE = new None();

  /** No call counts as slow. */
  record None() implements SlowRule {}

  /**
   * Calls that take longer than a fixed time.
   *
   * @param nanos 1 ms to 1 h
   */
  record Fixed(long nanos) implements SlowRule {}

  /**
   * Calls that take longer than the method's own 99th percentile, times a factor.
   *
   * @param factor 1 to 100
   */
  record TimesP99(double factor) implements SlowRule {}
}
