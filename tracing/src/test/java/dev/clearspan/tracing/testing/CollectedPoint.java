package dev.clearspan.tracing.testing;

import java.util.List;
import java.util.Map;

/**
 * A metric point as it arrived.
 *
 * @param type "histogram", "counter", "up_down" or "gauge"
 * @param temporality "DELTA" or "CUMULATIVE"; "" for gauges
 * @param value count of a histogram, else the value
 * @param bounds of a histogram, else empty
 */
public record CollectedPoint(
    String service,
    String name,
    String unit,
    String description,
    String type,
    String temporality,
    Map<String, Object> attributes,
    double value,
    double sum,
    List<Double> bounds,
    List<Long> buckets,
    long startEpochNanos,
    long endEpochNanos) {}
