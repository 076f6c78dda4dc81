/**
 * Calls at a steady rate, and what became of each: {@link dev.clearspan.chaos.load.Load} makes
 * them, {@link dev.clearspan.chaos.load.AttemptLog} hears of their attempts.
 */
@NullMarked
package dev.clearspan.chaos.load;

import org.jspecify.annotations.NullMarked;
