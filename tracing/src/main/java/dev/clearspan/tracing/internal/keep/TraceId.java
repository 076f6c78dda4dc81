package dev.clearspan.tracing.internal.keep;

/** A trace's id as two longs. */
record TraceId(long high, long low) {}
