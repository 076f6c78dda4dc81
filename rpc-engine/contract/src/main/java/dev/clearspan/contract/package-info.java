/**
 * Whether a new contract breaks who speaks an old one: {@link dev.clearspan.contract.Comparison}
 * compares the services of two descriptor sets, without a registry and without a console.
 */
@NullMarked
package dev.clearspan.contract;

import org.jspecify.annotations.NullMarked;
