/**
 * Traces: kept by a {@link TraceStore}, {@link H2TraceStore} here, fed by the {@link TraceWriter},
 * found by ID or by {@link TraceQuery}. The records mirror the console's public API.
 */
@NullMarked
package dev.clearspan.console.trace;

import org.jspecify.annotations.NullMarked;
