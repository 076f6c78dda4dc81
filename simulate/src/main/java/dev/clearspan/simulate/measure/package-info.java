/**
 * What is seen of a run, second by second; see {@link dev.clearspan.simulate.measure.Recording}.
 */
@NullMarked
package dev.clearspan.simulate.measure;

import org.jspecify.annotations.NullMarked;
