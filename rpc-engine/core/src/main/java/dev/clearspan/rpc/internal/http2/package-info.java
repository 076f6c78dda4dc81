/**
 * gRPC over HTTP/2: what both ends share (names of headers, status, timeout, metadata and message
 * forms as gRPC's protocol description PROTOCOL-HTTP2.md gives them), the server's connections and
 * the client's.
 */
@NullMarked
package dev.clearspan.rpc.internal.http2;

import org.jspecify.annotations.NullMarked;
