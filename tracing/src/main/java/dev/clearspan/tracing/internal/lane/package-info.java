/**
 * Places to write to without sharing. {@link dev.clearspan.tracing.internal.lane.Lanes} hands each
 * thread that has something to write down a {@link dev.clearspan.tracing.internal.lane.Lane} of its
 * own for the moment; what lies in a lane is plain memory with one writer at a time.
 */
@NullMarked
package dev.clearspan.tracing.internal.lane;

import org.jspecify.annotations.NullMarked;
