package dev.clearspan.rpc.endtoend;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls with a bounded number in flight. Each request carries its own number, and each reply must
 * bring just that number back, once.
 */
final class CallerLoad {
  private static final long PATIENCE_SECONDS = 60;

  /** Far beyond any stall of a busy machine: this load counts replies, it does not time them. */
  private static final CallOptions UNHURRIED =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(30));

  private final RpcChannel channel;
  private final MethodSpec<String, String> method;
  private final Semaphore inFlight;
  private final int width;
  private final AtomicIntegerArray ends;
  private final LongAdder mismatches = new LongAdder();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  CallerLoad(RpcChannel channel, MethodSpec<String, String> method, int calls, int width) {
    this.channel = channel;
    this.method = method;
    this.width = width;
    this.inFlight = new Semaphore(width);
    this.ends = new AtomicIntegerArray(calls);
  }

  /** Makes the calls {@code from} to {@code to}, exclusive; does not wait for the last ones. */
  void run(int from, int to) throws InterruptedException {
    for (int number = from; number < to; number++) {
      acquire(1);
      int sent = number;
      channel
          .callAsync(method, Integer.toString(sent), UNHURRIED)
          .whenComplete((reply, failure) -> ended(sent, reply, failure));
    }
  }

  /** Waits for all calls under way. */
  void finish() throws InterruptedException {
    acquire(width);
    inFlight.release(width);
  }

  private void acquire(int permits) throws InterruptedException {
    if (!inFlight.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("a call did not end within " + PATIENCE_SECONDS + " s");
    }
  }

  private void ended(int number, String reply, Throwable failure) {
    ends.incrementAndGet(number);
    if (failure != null) {
      failures.add(failure);
    } else if (!reply.equals(Integer.toString(number))) {
      mismatches.increment();
    }
    inFlight.release();
  }

  Queue<Throwable> failures() {
    return failures;
  }

  /** Replies that belonged to another request. */
  long mismatches() {
    return mismatches.sum();
  }

  /** Calls that did not end exactly once. */
  long lostOrDoubled() {
    long wrong = 0;
    for (int i = 0; i < ends.length(); i++) {
      wrong += ends.get(i) == 1 ? 0 : 1;
    }
    return wrong;
  }
}
