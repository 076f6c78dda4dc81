/**
 * What a caller gets in place of some failures: {@link dev.clearspan.rpc.fallback.FallbackSettings}
 * says what and when, {@link dev.clearspan.rpc.fallback.ReplyCache} remembers good replies.
 */
@NullMarked
package dev.clearspan.rpc.fallback;

import org.jspecify.annotations.NullMarked;
