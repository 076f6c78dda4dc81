/** Command lines of the example programs: {@link dev.clearspan.examples.cli.CommandLine}. */
@NullMarked
package dev.clearspan.examples.cli;

import org.jspecify.annotations.NullMarked;
