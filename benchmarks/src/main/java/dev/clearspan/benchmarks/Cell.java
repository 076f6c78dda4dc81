package dev.clearspan.benchmarks;

/** One contestant in one shape, once: what its client saw and what both processes used. */
record Cell(Outcome outcome, Usage used) {
  double callsPerSecond() {
    return outcome.calls() * 1e9 / outcome.nanos();
  }

  double cpuMicrosPerCall() {
    return used.cpuNanos() / 1e3 / outcome.calls();
  }

  double kilobytesPerCall() {
    return used.allocatedBytes() / 1024.0 / outcome.calls();
  }

  double switchesPerCall() {
    return (double) used.switches() / outcome.calls();
  }
}
