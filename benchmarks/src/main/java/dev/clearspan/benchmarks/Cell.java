package dev.clearspan.benchmarks;

/**
 * One contestant at one concurrency in one round. Times in nanoseconds, both processes together.
 */
record Cell(
    long calls, long nanos, long errors, long p50, long p99, long cpuNanos, long allocatedBytes) {
  double callsPerSecond() {
    return calls * 1e9 / nanos;
  }

  double cpuMicrosPerCall() {
    return cpuNanos / 1e3 / calls;
  }

  double kilobytesPerCall() {
    return allocatedBytes / 1024.0 / calls;
  }
}
