package dev.clearspan.rpc.outlier;

/**
 * An instance's time out.
 *
 * @param sinceNanos when it began, on the channel's ticker
 * @param untilNanos when the first judgement may end it
 * @param detail why, for people
 */
public record Ejection(long sinceNanos, long untilNanos, OutlierCause cause, String detail) {}
