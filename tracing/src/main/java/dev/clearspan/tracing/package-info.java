/**
 * Telemetry of all calls by OpenTelemetry. {@link dev.clearspan.tracing.TracingLedgerProvider} is
 * found by the engine when this module is on the class path; there is nothing to call.
 */
@NullMarked
package dev.clearspan.tracing;

import org.jspecify.annotations.NullMarked;
