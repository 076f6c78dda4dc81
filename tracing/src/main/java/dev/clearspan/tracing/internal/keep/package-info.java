/**
 * What is kept of what was recorded. {@link dev.clearspan.tracing.internal.keep.FlightRecorder}
 * decides at the end of each span, and on its own thread takes what is wanted out of the rings,
 * looks for the rest of the trace here, and asks callees for theirs.
 */
@NullMarked
package dev.clearspan.tracing.internal.keep;

import org.jspecify.annotations.NullMarked;
