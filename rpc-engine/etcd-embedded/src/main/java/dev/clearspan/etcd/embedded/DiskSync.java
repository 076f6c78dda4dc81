package dev.clearspan.etcd.embedded;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the operating system write the file to the disk once a second, beside all else. */
final class DiskSync implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskSync.class);
  private static final long INTERVAL_MILLIS = 1_000;

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
    DiskSync started = new DiskSync(file);
    var unused =
        started.timer.scheduleWithFixedDelay(
            started::sync, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
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

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
