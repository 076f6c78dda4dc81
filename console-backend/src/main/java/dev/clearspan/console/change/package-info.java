/**
 * Changes of rules: {@link dev.clearspan.console.change.RuleWriter} writes them by compare-and-set,
 * each with its audit row in the same transaction; {@link dev.clearspan.console.change.AckLedger}
 * proves who has applied them.
 */
@NullMarked
package dev.clearspan.console.change;

import org.jspecify.annotations.NullMarked;
