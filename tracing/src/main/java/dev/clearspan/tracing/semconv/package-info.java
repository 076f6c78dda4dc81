/**
 * Every name that telemetry uses: {@link dev.clearspan.tracing.semconv.TelemetryNames}. The same
 * list for people is docs/telemetry.md.
 */
@NullMarked
package dev.clearspan.tracing.semconv;

import org.jspecify.annotations.NullMarked;
