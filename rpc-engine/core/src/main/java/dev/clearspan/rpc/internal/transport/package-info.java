/**
 * The seam between the call (retry, balancing, breaking) and the bytes: one {@link
 * dev.clearspan.rpc.internal.transport.EndpointConnection} per endpoint, whatever the protocol.
 */
@NullMarked
package dev.clearspan.rpc.internal.transport;

import org.jspecify.annotations.NullMarked;
