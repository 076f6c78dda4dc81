/**
 * The seam to telemetry. Core tells a {@link dev.clearspan.rpc.ledger.CallLedger} of every call,
 * attempt and served call exactly once; metrics, spans and log lines all derive from those records.
 * The {@code tracing} module attaches by {@link java.util.ServiceLoader}; without it calls are
 * still given trace ids, so that error messages and the wire always carry one.
 */
@NullMarked
package dev.clearspan.rpc.ledger;

import org.jspecify.annotations.NullMarked;
