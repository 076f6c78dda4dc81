package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.proto.Ball;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a number of asynchronous calls in flight for a time: each reply sends the next ball. Every
 * reply is checked for its id and length. Ends by itself, at the latest {@value #GRACE_SECONDS} s
 * after its time, whatever the server does.
 */
final class ClosedLoop {
  static final int GRACE_SECONDS = 10;

  private final Echo.Client client;
  private final Load load;

  ClosedLoop(Echo.Client client, Load load) {
    this.client = client;
    this.load = load;
  }

  Outcome run(long nanos) throws InterruptedException {
    Run run = new Run(System.nanoTime(), nanos);
    for (int i = 0; i < load.inFlight(); i++) {
      run.next();
    }
    boolean ended =
        run.open.await(nanos + TimeUnit.SECONDS.toNanos(GRACE_SECONDS), TimeUnit.NANOSECONDS);
    if (!ended) {
      run.errors.addAndGet(run.open.getCount());
    }
    return run.outcome();
  }

  private final class Run {
    private final Balls balls = new Balls(load);
    private final CountDownLatch open = new CountDownLatch(load.inFlight());
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final Latencies latencies = new Latencies();
    private final long start;
    private final long end;
    private volatile long last;

    Run(long start, long nanos) {
      this.start = start;
      this.end = start + nanos;
      this.last = end;
    }

    void next() {
      long now = System.nanoTime();
      if (now - end >= 0) {
        last = now;
        open.countDown();
        return;
      }
      Ball ball = balls.next();
      client.send(ball, new Flight(this, ball.getId(), now));
    }

    void landed(long sentAt, boolean right) {
      (right ? calls : errors).incrementAndGet();
      latencies.add(System.nanoTime() - sentAt);
      next();
    }

    Outcome outcome() {
      long[] seen = latencies.sorted();
      return new Outcome(
          calls.get(),
          last - start,
          errors.get(),
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
