/**
 * What a server takes and a client still sends. On the server: {@link
 * dev.clearspan.rpc.limit.OverloadControl} finds by measuring how many calls may be in handlers and
 * how long one may wait for a thread, {@link dev.clearspan.rpc.limit.FixedLimits} holds what
 * operators set for callers and methods. In the client: {@link
 * dev.clearspan.rpc.limit.ClientThrottle}. Nothing here reads a clock, draws a number or starts a
 * thread by itself: times and chance come from the caller.
 */
@NullMarked
package dev.clearspan.rpc.limit;

import org.jspecify.annotations.NullMarked;
