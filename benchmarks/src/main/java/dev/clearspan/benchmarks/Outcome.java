package dev.clearspan.benchmarks;

/**
 * What a client saw in one run.
 *
 * @param calls answered rightly
 * @param nanos from the first call to the last reply
 * @param errors failed, wrong or missing replies
 * @param p50 latency in nanoseconds
 * @param p99 latency in nanoseconds
 */
record Outcome(long calls, long nanos, long errors, long p50, long p99) {}
