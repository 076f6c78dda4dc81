/**
 * Clearspan frames v1, the binary protocol between our own clients and servers, as described in
 * docs/wire-protocol.md: pure encoding and decoding, no connection. {@link
 * dev.clearspan.rpc.internal.frame.FrameDecoder} is the entry.
 */
@NullMarked
package dev.clearspan.rpc.internal.frame;

import org.jspecify.annotations.NullMarked;
