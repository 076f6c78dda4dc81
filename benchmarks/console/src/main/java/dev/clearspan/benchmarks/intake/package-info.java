/** How many spans a console stores, and how fast it finds one trace among them. */
@NullMarked
package dev.clearspan.benchmarks.intake;

import org.jspecify.annotations.NullMarked;
