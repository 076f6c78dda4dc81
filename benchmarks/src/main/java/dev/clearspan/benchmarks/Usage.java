package dev.clearspan.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a process used in a span of time.
 *
 * @param cpuNanos user and system time of all threads
 * @param allocatedBytes on the heap, by threads that lived to the end of the span
 * @param switches of context, voluntary or not, of those threads; 0 where there is no /proc
 */
record Usage(long cpuNanos, long allocatedBytes, long switches) {
  Usage plus(Usage other) {
    return new Usage(
        cpuNanos + other.cpuNanos,
        allocatedBytes + other.allocatedBytes,
        switches + other.switches);
  }

  /** Measures this process from one call of {@link #sinceLast} to the next. */
  static final class Meter {
    private static final Path THREADS = Path.of("/proc/self/task");

    private final com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long cpu;
    private Map<Long, Long> allocated = Map.of();
    private Map<Long, Long> switches = Map.of();

    Usage sinceLast() throws IOException {
      long cpuNow = system.getProcessCpuTime();
      Map<Long, Long> allocatedNow = allocated();
      Map<Long, Long> switchesNow = switches();
      Usage used =
          new Usage(cpuNow - cpu, growth(allocated, allocatedNow), growth(switches, switchesNow));
      cpu = cpuNow;
      allocated = allocatedNow;
      switches = switchesNow;
      return used;
    }

    private Map<Long, Long> allocated() {
      long[] ids = threads.getAllThreadIds();
      long[] bytes = threads.getThreadAllocatedBytes(ids);
      Map<Long, Long> byThread = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        byThread.put(ids[i], Math.max(0, bytes[i]));
      }
      return byThread;
    }

    private static Map<Long, Long> switches() throws IOException {
      Map<Long, Long> byThread = new HashMap<>();
      if (!Files.isDirectory(THREADS)) {
        return byThread;
      }
      try (DirectoryStream<Path> tasks = Files.newDirectoryStream(THREADS)) {
        for (Path task : tasks) {
          byThread.put(Long.valueOf(task.getFileName().toString()), switchesOf(task));
        }
      }
      return byThread;
    }

    private static long switchesOf(Path task) throws IOException {
      try {
        return Files.readAllLines(task.resolve("status")).stream()
            .filter(line -> line.contains("ctxt_switches:"))
            .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
            .sum();
      } catch (NoSuchFileException e) {
        return 0; // the thread has just ended
      } catch (IOException e) {
        if (String.valueOf(e.getMessage()).contains("No such process")) {
          return 0;
        }
        throw e;
      }
    }

    private static long growth(Map<Long, Long> before, Map<Long, Long> now) {
      return now.entrySet().stream()
          .mapToLong(each -> each.getValue() - before.getOrDefault(each.getKey(), 0L))
          .sum();
    }
  }
}
