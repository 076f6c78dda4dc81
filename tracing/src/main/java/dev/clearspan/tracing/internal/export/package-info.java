/**
 * The way out. {@link dev.clearspan.tracing.internal.export.SpanPipeline} takes finished calls from
 * the threads that made them, {@link dev.clearspan.tracing.internal.export.MetricPush} sends what
 * changed; neither ever makes a call wait for a collector.
 */
@NullMarked
package dev.clearspan.tracing.internal.export;

import org.jspecify.annotations.NullMarked;
