package dev.clearspan.benchmarks;

import com.google.protobuf.ByteString;
import dev.clearspan.benchmarks.proto.Ball;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a number of calls in flight for a time: each reply sends the next ball. Every reply is
 * checked for its id and length. Ends by itself, at the latest {@value #GRACE_SECONDS} s after its
 * time, whatever the server does.
 */
final class ClosedLoop {
  static final int GRACE_SECONDS = 10;
  private static final int SAMPLES = 1 << 17;

  private final Echo.Client client;
  private final ByteString payload;
  private final AtomicLong ids = new AtomicLong();

  ClosedLoop(Echo.Client client, int payloadBytes) {
    this.client = client;
    this.payload = ByteString.copyFrom(new byte[payloadBytes]);
  }

  /** What one run saw; latencies in nanoseconds. */
  record Outcome(long calls, long nanos, long errors, long p50, long p99) {}

  Outcome run(int inFlight, long nanos) throws InterruptedException {
    Run run = new Run(System.nanoTime(), nanos, inFlight);
    for (int i = 0; i < inFlight; i++) {
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
    final CountDownLatch open;
    final AtomicLong errors = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicInteger sampled = new AtomicInteger();
    private final long[] samples = new long[SAMPLES];
    private final long start;
    private final long end;
    private volatile long last;

    Run(long start, long nanos, int inFlight) {
      this.start = start;
      this.end = start + nanos;
      this.open = new CountDownLatch(inFlight);
    }

    void next() {
      long now = System.nanoTime();
      if (now - end >= 0) {
        last = now;
        open.countDown();
        return;
      }
      long id = ids.incrementAndGet();
      Ball ball = Ball.newBuilder().setId(id).setPayload(payload).build();
      client.send(ball, new Flight(this, id, now));
    }

    void landed(long sentAt, boolean right) {
      if (right) {
        calls.incrementAndGet();
      } else {
        errors.incrementAndGet();
      }
      samples[sampled.getAndIncrement() & (SAMPLES - 1)] = System.nanoTime() - sentAt;
      next();
    }

    Outcome outcome() {
      long[] seen = Arrays.copyOf(samples, Math.min(SAMPLES, sampled.get()));
      Arrays.sort(seen);
      return new Outcome(calls.get(), last - start, errors.get(), at(seen, 0.5), at(seen, 0.99));
    }

    private static long at(long[] sorted, double share) {
      return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }
  }

  private final class Flight implements Echo.Catcher {
    private final Run run;
    private final long id;
    private final long sentAt;

    Flight(Run run, long id, long sentAt) {
      this.run = run;
      this.id = id;
      this.sentAt = sentAt;
    }

    @Override
    public void caught(Ball reply) {
      run.landed(sentAt, reply.getId() == id && reply.getPayload().size() == payload.size());
    }

    @Override
    public void failed(Throwable cause) {
      run.landed(sentAt, false);
    }
  }
}
