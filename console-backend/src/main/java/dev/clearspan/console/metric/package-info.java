/**
 * Exact call numbers of the last 15 minutes, per caller, service, method and instance: {@link
 * CallAggregates}, fed from OTLP points by {@link MetricIntake}.
 */
@NullMarked
package dev.clearspan.console.metric;

import org.jspecify.annotations.NullMarked;
