/**
 * Calls to a server of the same process, without sockets: {@link
 * dev.clearspan.rpc.internal.inprocess.InProcessTransport} brings them through both pipelines, with
 * every message encoded and decoded as on a wire.
 */
@NullMarked
package dev.clearspan.rpc.internal.inprocess;

import org.jspecify.annotations.NullMarked;
