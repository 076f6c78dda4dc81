/**
 * Which instances take which calls: {@link dev.clearspan.rpc.route.RouteRule} matches calls and
 * splits them by share.
 */
@NullMarked
package dev.clearspan.rpc.route;

import org.jspecify.annotations.NullMarked;
