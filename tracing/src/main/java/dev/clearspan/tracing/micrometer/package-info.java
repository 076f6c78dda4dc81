/**
 * The engine's metrics in Micrometer, which is needed on the class path for this package alone.
 * {@link dev.clearspan.tracing.micrometer.EngineMeterBinder} is the way in.
 */
@NullMarked
package dev.clearspan.tracing.micrometer;

import org.jspecify.annotations.NullMarked;
