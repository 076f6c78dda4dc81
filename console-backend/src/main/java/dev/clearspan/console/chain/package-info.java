/**
 * Rows that can vouch for one another: each carries a hash over the one before it, so that a row
 * that is altered, removed or slipped in later shows. Entry: {@link
 * dev.clearspan.console.chain.HashChain}.
 */
@NullMarked
package dev.clearspan.console.chain;

import org.jspecify.annotations.NullMarked;
