/**
 * Measures Clearspan beside its peers. {@link dev.clearspan.benchmarks.UnaryBench} is the entry.
 */
@NullMarked
package dev.clearspan.benchmarks;

import org.jspecify.annotations.NullMarked;
