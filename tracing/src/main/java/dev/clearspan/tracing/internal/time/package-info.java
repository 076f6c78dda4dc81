/** From the monotonic clock of the engine to the time of day of telemetry. */
@NullMarked
package dev.clearspan.tracing.internal.time;

import org.jspecify.annotations.NullMarked;
