/**
 * How fast a change in the registry reaches those who listen at the console's event stream, and
 * what that costs it: {@code PushBench}.
 */
@NullMarked
package dev.clearspan.benchmarks.push;

import org.jspecify.annotations.NullMarked;
