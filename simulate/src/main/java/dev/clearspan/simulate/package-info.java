/**
 * {@code ./clearspan simulate}: production classes on a virtual clock; begin at {@link
 * dev.clearspan.simulate.Simulate}.
 */
@NullMarked
package dev.clearspan.simulate;

import org.jspecify.annotations.NullMarked;
