/**
 * Unary calls carried by something other than sockets, such as a simulated network: a channel is
 * given a {@link dev.clearspan.rpc.network.Network} and goes its usual way on it.
 */
@NullMarked
package dev.clearspan.rpc.network;

import org.jspecify.annotations.NullMarked;
