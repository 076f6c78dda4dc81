/**
 * Whether a failed attempt is followed by another, and when: {@link
 * dev.clearspan.rpc.retry.RetryRule} decides, {@link dev.clearspan.rpc.retry.Backoff} spaces,
 * {@link dev.clearspan.rpc.retry.RetryBudget} keeps retries from becoming the outage.
 */
@NullMarked
package dev.clearspan.rpc.retry;

import org.jspecify.annotations.NullMarked;
