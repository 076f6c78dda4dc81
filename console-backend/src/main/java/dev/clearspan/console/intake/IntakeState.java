package dev.clearspan.console.intake;

/**
 * The intake's counters since it started.
 *
 * @param spansReceived spans in well-formed requests
 * @param spansPerSecond of those, the mean of the last ten seconds
 * @param spansDropped of those, spans not kept: invalid ids, over the limit of their trace, refused
 *     because the queue was full, or lost by a failing store
 * @param spansDroppedPerSecond the mean of the last ten seconds
 * @param metricPointsReceived data points in well-formed requests
 * @param metricPointsRejected of those, malformed or beyond the number of series kept
 * @param logsReceived log records in well-formed requests
 * @param logsDropped of those, not kept: of no trace, over the limit of their trace, refused
 *     because the queue was full, or lost by a failing store
 * @param rejectedRequests requests answered with 4xx or 5xx
 * @param truncatedValues attributes, events and values cut by the {@link SpanLimits}
 * @param queueDepth batches waiting to be stored
 */
public record IntakeState(
    long spansReceived,
    double spansPerSecond,
    long spansDropped,
    double spansDroppedPerSecond,
    long metricPointsReceived,
    long metricPointsRejected,
    long logsReceived,
    long logsDropped,
    long rejectedRequests,
    long truncatedValues,
    int queueDepth) {}
