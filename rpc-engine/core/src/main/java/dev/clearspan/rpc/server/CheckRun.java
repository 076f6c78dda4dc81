package dev.clearspan.rpc.server;

import dev.clearspan.rpc.ReadinessCheck;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One readiness check, run by one thread at a time. Confined to the thread that asks. */
final class CheckRun {
  private static final String ENDED = "the server is ending";

  private final String name;
  private final ReadinessCheck check;
  private final ExecutorService workers;
  private @Nullable Future<String> running;

  CheckRun(String name, ReadinessCheck check, ExecutorService workers) {
    this.name = name;
    this.check = check;
    this.workers = workers;
  }

  String name() {
    return name;
  }

  /** Runs it, unless it has not returned from the last time. */
  void begin() {
    if (running == null) {
      try {
        running = workers.submit(this::run);
      } catch (RejectedExecutionException e) {
        running = null;
      }
    }
  }

  /** What is wrong, empty if nothing is; waits until the deadline, on the system's clock. */
  String outcome(long deadline, Duration limit) {
    Future<String> current = running;
    if (current == null) {
      return ENDED;
    }
    try {
      String reason = current.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      running = null;
      return reason;
    } catch (TimeoutException e) {
      return "no answer within " + limit.toMillis() + " ms";
    } catch (ExecutionException e) {
      running = null;
      return Objects.toString(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ENDED;
    }
  }

  private String run() {
    try {
      check.check();
      return "";
    } catch (Exception e) {
      String message = e.getMessage();
      return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
  }
}
