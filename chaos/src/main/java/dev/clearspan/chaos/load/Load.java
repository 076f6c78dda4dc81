package dev.clearspan.chaos.load;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls at a steady rate that does not wait for answers (an open loop): what is slow gets no fewer
 * calls. Every fourth call is a booking. After a pause of this process it catches up by a bounded
 * number of calls a turn.
 */
public final class Load implements AutoCloseable {
  /** Calls have time for the machine's pauses; faults must be noticed long before. */
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final CallOptions OPTIONS = CallOptions.DEFAULT.withDeadline(DEADLINE);
  private static final Duration TURN = Duration.ofMillis(1);
  private static final int MOST_A_TURN = 50;
  private static final int BOOKING_EVERY = 4;
  private static final int MOST_FAILURES = 10_000;

  private final RpcChannel channel;
  private final AttemptLog attempts;
  private final int rate;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(turn -> new Thread(turn, "chaos-load"));
  private final long beganNanos = System.nanoTime();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Queue<Seen> failures = new ConcurrentLinkedQueue<>();
  private volatile long begun;

  private record Seen(RpcException failure, long millis) {}

  /**
   * Starts calling.
   *
   * @param rate calls a second
   */
  public Load(RpcChannel channel, AttemptLog attempts, int rate) {
    this.channel = channel;
    this.attempts = attempts;
    this.rate = rate;
    var unused = clock.scheduleAtFixedRate(this::turn, 0, TURN.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Calls that have ended well so far. */
  public long succeeded() {
    return ended.get() - failed.get();
  }

  /** Stops calling, lets what is under way end, and counts. */
  public Tally stop() throws InterruptedException {
    clock.shutdown();
    boolean unused = clock.awaitTermination(1, TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    long until = System.nanoTime() + 2 * DEADLINE.toNanos();
    while (ended.get() < begun && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    List<FailedCall> told = new ArrayList<>();
    for (Seen seen : failures) {
      String outcome = attempts.outcomeOf(String.valueOf(seen.failure().traceId()));
      told.add(FailedCall.of(seen.failure(), outcome, seen.millis()));
    }
    return new Tally(begun, failed.get(), begun - ended.get(), seconds, told);
  }

  private void turn() {
    long due = (long) ((System.nanoTime() - beganNanos) / 1e9 * rate);
    long last = Math.min(due, begun + MOST_A_TURN);
    while (begun < last) {
      call(begun);
      begun++;
    }
  }

  private void call(long number) {
    MethodSpec<StringValue, StringValue> method =
        number % BOOKING_EVERY == 0 ? WorkService.BOOK : WorkService.LOOK;
    StringValue request = StringValue.of(Long.toString(number));
    var unused =
        channel
            .callAsync(method, request, OPTIONS)
            .whenComplete((reply, failure) -> ended(request, reply, failure));
  }

  private void ended(
      StringValue request, @Nullable StringValue reply, @Nullable Throwable failure) {
    if (failure instanceof RpcException refused) {
      failed(refused);
    } else if (!request.equals(reply)) {
      failed(new RpcException(Status.Code.DATA_LOSS, "another call's reply"));
    }
    ended.incrementAndGet();
  }

  private void failed(RpcException failure) {
    if (failed.incrementAndGet() <= MOST_FAILURES) {
      failures.add(new Seen(failure, (System.nanoTime() - beganNanos) / 1_000_000));
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
