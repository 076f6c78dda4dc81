/** Compressed messages, bounded both ways: {@link dev.clearspan.rpc.internal.coding.Coding}. */
@NullMarked
package dev.clearspan.rpc.internal.coding;

import org.jspecify.annotations.NullMarked;
