package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers that wait for each reply on a thread of their own: virtual threads on JDK 21 and later,
 * found by reflection. Bounded in time like {@link ClosedLoop}.
 */
final class WaitingCallers {
  private final Echo.Client client;
  private final Load load;

  WaitingCallers(Echo.Client client, Load load) {
    this.client = client;
    this.load = load;
  }

  Outcome run(long nanos) throws Exception {
    ExecutorService threads = threads();
    try {
      Run run = new Run(System.nanoTime(), nanos);
      List<Callable<Void>> callers = new ArrayList<>();
      for (int i = 0; i < load.inFlight(); i++) {
        callers.add(run::callUntilEnd);
      }
      long most = nanos + TimeUnit.SECONDS.toNanos(ClosedLoop.GRACE_SECONDS);
      List<Future<Void>> ended = threads.invokeAll(callers, most, TimeUnit.NANOSECONDS);
      run.errors.addAndGet(ended.stream().filter(Future::isCancelled).count());
      return run.outcome();
    } finally {
      threads.shutdownNow();
    }
  }

  private ExecutorService threads() throws ReflectiveOperationException {
    if (Runtime.version().feature() < 21) {
      return Executors.newFixedThreadPool(load.inFlight());
    }
    Object virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    if (virtual instanceof ExecutorService service) {
      return service;
    }
    throw new IllegalStateException("virtual threads: " + virtual + " (expected: an executor)");
  }

  private final class Run {
    private final Balls balls = new Balls(load);
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private final long start;
    private final long end;

    Run(long start, long nanos) {
      this.start = start;
      this.end = start + nanos;
    }

    @org.jspecify.annotations.Nullable
    Void callUntilEnd() {
      long now;
      while ((now = System.nanoTime()) - end < 0) {
        Ball ball = balls.next();
        (isAnswered(ball) ? calls : errors).incrementAndGet();
        latencies.add(System.nanoTime() - now);
      }
      return null;
    }

    private boolean isAnswered(Ball ball) {
      try {
        return balls.isBack(ball.getId(), client.call(ball));
      } catch (Exception e) {
        return false; // counted as an error, which makes the run fail
      }
    }

    Outcome outcome() {
      long[] seen = latencies.sorted();
      return new Outcome(
          calls.get(),
          System.nanoTime() - start,
          errors.get(),
          Latencies.at(seen, 0.5),
          Latencies.at(seen, 0.99));
    }
  }
}
