package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.record.LaneRecords;

/** What lies in each lane. */
public record LaneContent(LaneRecords records) {}
