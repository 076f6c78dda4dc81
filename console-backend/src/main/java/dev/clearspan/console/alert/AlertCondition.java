package dev.clearspan.console.alert;

/**
 * When a rule's condition holds.
 *
 * @param threshold in the unit
 * @param unit the kind's: percent, ms, per_second or seconds
 * @param windowSeconds what is measured over, 10 to 900; 0 for kinds that do not measure calls
 * @param minCalls with fewer calls in the window there is no data; 0 where calls are not measured
 */
public record AlertCondition(
    AlertOperator operator, double threshold, String unit, long windowSeconds, long minCalls) {}
