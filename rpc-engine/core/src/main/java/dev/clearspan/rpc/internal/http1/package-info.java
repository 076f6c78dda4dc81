/**
 * HTTP/1.1 on the server's port: health and metrics pages, and unary calls in the Connect protocol.
 * {@link dev.clearspan.rpc.internal.http1.HttpGateway} is the entry.
 */
@NullMarked
package dev.clearspan.rpc.internal.http1;

import org.jspecify.annotations.NullMarked;
