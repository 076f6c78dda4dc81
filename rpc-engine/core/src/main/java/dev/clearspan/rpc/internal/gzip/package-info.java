/** Compressed messages, bounded both ways: {@link dev.clearspan.rpc.internal.gzip.Gzip}. */
@NullMarked
package dev.clearspan.rpc.internal.gzip;

import org.jspecify.annotations.NullMarked;
