/** A console as people run it, to be measured: {@code BenchConsole}. */
@NullMarked
package dev.clearspan.benchmarks.console;

import org.jspecify.annotations.NullMarked;
