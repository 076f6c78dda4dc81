package dev.clearspan.etcd.embedded;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the operating system write the file to the disk once a second, beside all else. */
final class DiskSync implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskSync.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How long a sync that is under way may hold up the end: as long as any disk should take. */
  private static final long END_SECONDS = 30;

  private final RegistryFile file;
  private final ScheduledExecutorService timer;
  private long synced;

  private DiskSync(RegistryFile file) {
    this.file = file;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "clearspan-registry-sync");
              thread.setDaemon(true);
              return thread;
            });
  }

  static DiskSync start(RegistryFile file) {
    return start(file, INTERVAL);
  }

  static DiskSync start(RegistryFile file, Duration interval) {
    DiskSync started = new DiskSync(file);
    long nanos = interval.toNanos();
    var unused =
        started.timer.scheduleWithFixedDelay(started::sync, nanos, nanos, TimeUnit.NANOSECONDS);
    return started;
  }

  private void sync() {
    long commits = file.commits();
    if (commits == synced) {
      return;
    }
    try {
      file.sync();
      synced = commits;
    } catch (RuntimeException e) {
      LOG.warn("the registry's file could not be synced to the disk: a power cut may damage it", e);
    }
  }

  /**
   * Waits for a sync that is under way. It must not be interrupted: an interrupted channel closes,
   * and nothing more can be written to the file.
   */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the registry's file is still being synced after {} s", END_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
