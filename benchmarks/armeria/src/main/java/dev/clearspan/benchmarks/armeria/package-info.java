/** Armeria as a peer: {@link dev.clearspan.benchmarks.armeria.ArmeriaEcho}. */
@NullMarked
package dev.clearspan.benchmarks.armeria;

import org.jspecify.annotations.NullMarked;
