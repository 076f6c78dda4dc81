/**
 * Connections: {@link dev.clearspan.rpc.internal.netty.NettyClientTransport} makes those to
 * servers, {@link dev.clearspan.rpc.internal.netty.ServerSocketListener} accepts those of clients.
 * All state of a connection is confined to its event loop; other threads reach it through an {@code
 * Outbox}.
 */
@NullMarked
package dev.clearspan.rpc.internal.netty;

import org.jspecify.annotations.NullMarked;
