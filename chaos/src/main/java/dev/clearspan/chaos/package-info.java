/**
 * {@code clearspan chaos}: faults done to real processes under load, and whether what is promised
 * then holds. {@link dev.clearspan.chaos.Chaos} is the command.
 */
@NullMarked
package dev.clearspan.chaos;

import org.jspecify.annotations.NullMarked;
