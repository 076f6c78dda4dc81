package dev.clearspan.console.findable;

import com.google.protobuf.StringValue;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The process that calls the chain: at an even pace whatever the replies do, orders to fail or to
 * be slow strewn among the others. Prints {@code order trace-id} for each of those when it has
 * ended, and at the end what came of all calls.
 */
final class CallerProcess {
  private static final int SEED = 42;

  private final RpcChannel first;
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private CallerProcess(RpcChannel first) {
    this.first = first;
  }

  /**
   * Arguments: etcd, environment, directory for snapshots, hops, pace, seconds, orders to fail or
   * to be slow.
   */
  public static void main(String[] args) {
    ProcessIdentity self = ProcessIdentity.of("caller");
    try (EtcdRegistry registry = Chain.registry(args, self);
        RpcChannel first =
            RpcChannel.builder(Relay.service(1))
                .registry(registry)
                .interceptor(new TraceIdOfCall())
                .build()) {
      int rate = Pace.read(args[4]).callsPerSecond(first);
      System.out.println("pace " + rate);
      int calls = rate * Integer.parseInt(args[5]);
      List<String> special = special(Integer.parseInt(args[6]), Integer.parseInt(args[3]));
      new CallerProcess(first).run(calls, rate, special);
    }
  }

  /** Evenly of both kinds and of all hops, in random order. */
  private static List<String> special(int count, int hops) {
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add((i % 2 == 0 ? "fail@" : "slow@") + (i / 2 % hops + 1));
    }
    Collections.shuffle(orders, new Random(SEED));
    return orders;
  }

  private void run(int calls, int rate, List<String> special) {
    warmUp();
    long pace = TimeUnit.SECONDS.toNanos(1) / rate;
    int every = calls / special.size();
    long due = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      due += pace;
      LockSupport.parkNanos(due - System.nanoTime());
      call(i % every == 0 && i / every < special.size() ? special.get(i / every) : Relay.GO);
    }
    while (ended.get() < calls) {
      LockSupport.parkNanos(pace);
    }
    System.out.printf("done %d %d%n", calls, failed.get());
    System.out.flush();
  }

  private void warmUp() {
    for (int i = 0; i < 2_000; i++) {
      first.call(Relay.pass(1), StringValue.of(Relay.GO), Relay.PATIENT);
    }
  }

  private void call(String order) {
    CompletionStage<StringValue> reply =
        first.callAsync(Relay.pass(1), StringValue.of(order), Relay.PATIENT);
    String traceId = TraceIdOfCall.ofThisThread();
    reply.whenComplete((answer, failure) -> ended(order, traceId, failure));
  }

  private void ended(String order, String traceId, @Nullable Throwable failure) {
    ended.incrementAndGet();
    if (failure != null) {
      failed.incrementAndGet();
    }
    if (!order.equals(Relay.GO)) {
      System.out.println(order + " " + (failure == null ? traceId : traceIdIn(failure)));
    }
  }

  /** As an operator would find it: in the exception. */
  private static String traceIdIn(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RpcException rpc ? String.valueOf(rpc.traceId()) : "in-" + failure;
  }

  /** A slow call has no exception: its id is noted by a stage. */
  private static final class TraceIdOfCall implements Interceptor {
    private static final ThreadLocal<String> LAST = ThreadLocal.withInitial(() -> "none");

    static String ofThisThread() {
      return LAST.get();
    }

    @Override
    public String name() {
      return "trace-id-of-call";
    }

    @Override
    public String description() {
      return "Notes the trace id of the call this thread has begun.";
    }

    @Override
    public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
      LAST.set(call.traceId());
      return next.proceed(call, request);
    }
  }
}
