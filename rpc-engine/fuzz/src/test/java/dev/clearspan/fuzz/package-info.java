/** Coverage-guided fuzzing of everything that reads what a stranger sent. */
@NullMarked
package dev.clearspan.fuzz;

import org.jspecify.annotations.NullMarked;
