package dev.clearspan.rpc.server;

import dev.clearspan.rpc.ReadinessCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server is ready, by the checks of its user: all are run at the start and then at an
 * interval, each on a thread of its own. One that throws or takes too long makes the server not
 * ready; it is not run again before it has returned. Thread-safe.
 */
public final class Readiness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private final Map<String, CheckRun> checks = new LinkedHashMap<>();
  private final Duration interval;
  private final Duration limit;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(task -> daemon(task, "clearspan-readiness-check"));
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "clearspan-readiness"));
  private volatile String failing = "";

  /**
   * Checks that have not run yet.
   *
   * @param interval between the beginnings of two rounds
   * @param limit of one check; less than the interval
   */
  public Readiness(Map<String, ReadinessCheck> checks, Duration interval, Duration limit) {
    checks.forEach((name, check) -> this.checks.put(name, new CheckRun(name, check, workers)));
    this.interval = interval;
    this.limit = limit;
  }

  /** Why the server is not ready: each failing check with its reason; empty while it is. */
  public String failing() {
    return failing;
  }

  /** Runs all once, and returns when they are done or out of time. */
  public void first() {
    if (!checks.isEmpty()) {
      round(reason -> {});
    }
  }

  /** Runs all at the interval from now on; {@code changed} hears the reasons, empty: ready. */
  public void follow(Consumer<String> changed) {
    if (!checks.isEmpty()) {
      long nanos = interval.toNanos();
      var unused =
          clock.scheduleAtFixedRate(() -> round(changed), nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void round(Consumer<String> changed) {
    checks.values().forEach(CheckRun::begin);
    long deadline = System.nanoTime() + limit.toNanos();
    List<String> reasons = new ArrayList<>();
    for (CheckRun check : checks.values()) {
      String reason = check.outcome(deadline, limit);
      if (!reason.isEmpty()) {
        reasons.add(check.name() + ": " + reason);
      }
    }
    become(String.join("; ", reasons), changed);
  }

  private void become(String now, Consumer<String> changed) {
    boolean wasReady = failing.isEmpty();
    failing = now;
    if (wasReady != now.isEmpty()) {
      if (now.isEmpty()) {
        LOG.info("ready again");
      } else {
        LOG.warn("not ready: {}", now);
      }
      changed.accept(now);
    }
  }

  /** Runs no more checks; one that is running is interrupted. */
  @Override
  public void close() {
    clock.shutdownNow();
    workers.shutdownNow();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
