/**
 * Calls as spans. A client call is written down while it runs ({@link
 * dev.clearspan.tracing.internal.span.TracedCall}) and becomes spans when it is over, because only
 * then it is known whether it is one span or several; a served call is a span of the OpenTelemetry
 * SDK, which user code finds as the current one.
 */
@NullMarked
package dev.clearspan.tracing.internal.span;

import org.jspecify.annotations.NullMarked;
