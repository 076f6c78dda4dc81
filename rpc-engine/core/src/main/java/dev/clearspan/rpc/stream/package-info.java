/**
 * What both ends of a streaming call are made of: {@link dev.clearspan.rpc.stream.BlockingStream}
 * turns the two non-blocking halves of a stream into one for code that waits.
 */
@NullMarked
package dev.clearspan.rpc.stream;

import org.jspecify.annotations.NullMarked;
