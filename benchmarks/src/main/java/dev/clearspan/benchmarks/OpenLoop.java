package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends a fixed number of calls a second, each at its time, whatever becomes of those before; what
 * is late is sent at once. Every reply is checked. Bounded in time like {@link ClosedLoop}.
 */
final class OpenLoop {
  private final Echo.Client client;
  private final Load load;

  OpenLoop(Echo.Client client, Load load) {
    this.client = client;
    this.load = load;
  }

  Outcome run(long nanos) throws InterruptedException {
    long calls = Math.max(1, nanos * load.inFlight() / TimeUnit.SECONDS.toNanos(1));
    Run run = new Run((int) calls);
    for (int i = 0; i < calls; i++) {
      run.send(i * nanos / calls);
    }
    boolean ended = run.open.await(ClosedLoop.GRACE_SECONDS, TimeUnit.SECONDS);
    return run.outcome(ended ? 0 : run.open.getCount());
  }

  private final class Run {
    private final Balls balls = new Balls(load);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private final CountDownLatch open;
    private final long start = System.nanoTime();

    Run(int calls) {
      open = new CountDownLatch(calls);
    }

    void send(long afterNanos) {
      long due = start + afterNanos;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      Ball ball = balls.next();
      client.send(ball, new Flight(this, ball.getId(), System.nanoTime()));
    }

    void landed(long sentAt, boolean right) {
      (right ? answered : errors).incrementAndGet();
      latencies.add(System.nanoTime() - sentAt);
      open.countDown();
    }

    Outcome outcome(long missing) {
      long[] seen = latencies.sorted();
      return new Outcome(
          answered.get(),
          System.nanoTime() - start,
          errors.get() + missing,
          Latencies.at(seen, 0.5),
          Latencies.at(seen, 0.99));
    }
  }

  private record Flight(Run run, long id, long sentAt) implements Echo.Catcher {
    @Override
    public void caught(Ball reply) {
      run.landed(sentAt, run.balls.isBack(id, reply));
    }

    @Override
    public void failed(Throwable cause) {
      run.landed(sentAt, false);
    }
  }
}
