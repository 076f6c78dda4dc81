package dev.clearspan.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * What this JVM has used since it started.
 *
 * @param cpuNanos user and system time of all threads
 * @param allocatedBytes by the threads that are alive now
 */
record Usage(long cpuNanos, long allocatedBytes) {
  static Usage now() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      allocated += Math.max(0, bytes);
    }
    return new Usage(system.getProcessCpuTime(), allocated);
  }

  Usage minus(Usage earlier) {
    return new Usage(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
  }
}
