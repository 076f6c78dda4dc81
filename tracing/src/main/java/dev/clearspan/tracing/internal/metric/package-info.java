/**
 * Metrics of every call. {@link dev.clearspan.tracing.internal.metric.CallMetrics} counts, without
 * a lock and without building attributes; {@link dev.clearspan.tracing.internal.metric.Reading} is
 * all of it at one moment, which {@link dev.clearspan.tracing.internal.metric.DeltaView} and {@link
 * dev.clearspan.tracing.internal.metric.MetricsPageWriter} turn into what the two readers want.
 */
@NullMarked
package dev.clearspan.tracing.internal.metric;

import org.jspecify.annotations.NullMarked;
