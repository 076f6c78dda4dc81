/**
 * Stops calls to what keeps failing, per method and instance. {@link
 * dev.clearspan.rpc.breaker.SlidingWindowBreaker} computes a state from outcomes; {@link
 * dev.clearspan.rpc.breaker.ForcedBreaker} puts an operator's will over it without losing it.
 */
@NullMarked
package dev.clearspan.rpc.breaker;

import org.jspecify.annotations.NullMarked;
