/**
 * The memory of the flight recorder: in each lane a {@link
 * dev.clearspan.tracing.internal.record.RecordRing} of fixed-size records, one per finished span,
 * beside it {@link dev.clearspan.tracing.internal.record.DetailSlab} for what does not fit, and the
 * positions that were found worth keeping. Writers hold the lane; readers check what they read.
 */
@NullMarked
package dev.clearspan.tracing.internal.record;

import org.jspecify.annotations.NullMarked;
