package dev.clearspan.examples.shop;

import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.shop.api.LoadState;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * An open-loop load: rounds start at a fixed rate, whether or not earlier ones have ended, so that
 * a slow shop is seen as slow. At most {@value #MAX_WAITING} calls wait; rounds beyond are skipped
 * and counted. The load begins when a first order has gone through, so that a start is not shown as
 * an outage. Thread-safe.
 */
final class Load implements AutoCloseable {
  static final double MAX_RATE = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger("shopper");
  private static final int MAX_WAITING = 2_000;
  private static final Duration OPENING_LIMIT = Duration.ofSeconds(5);
  private static final int CALLS_PER_ROUND = 3;
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Shopping shopping;
  private final Thread thread = new Thread(this::run, "load");
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private final LongAdder calls = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private volatile double ordersPerSecond;
  private volatile boolean closed;

  Load(Shopping shopping, double ordersPerSecond) {
    this.shopping = shopping;
    setRate(ordersPerSecond);
  }

  void start() {
    thread.start();
  }

  void setRate(double value) {
    if (!(value >= 0 && value <= MAX_RATE)) {
      throw new RpcException(
          Status.Code.INVALID_ARGUMENT,
          "ordersPerSecond: " + value + " (expected: 0 to " + MAX_RATE + ")");
    }
    ordersPerSecond = value;
    LockSupport.unpark(thread);
  }

  LoadState state() {
    return LoadState.newBuilder()
        .setOrdersPerSecond(ordersPerSecond)
        .setCalls(calls.sum())
        .setFailed(failed.sum())
        .setSkipped(skipped.sum())
        .build();
  }

  private void run() {
    while (!closed && !Await.that(OPENING_LIMIT, shopping::isOpen)) {
      LOG.info("the shop is not open yet; waiting for a first order to go through");
    }
    LOG.info("the shop is open; {} orders per second", ordersPerSecond);
    keepRate();
  }

  private void keepRate() {
    long due = System.nanoTime();
    while (!closed) {
      double rate = ordersPerSecond;
      long now = System.nanoTime();
      if (rate == 0) {
        LockSupport.parkNanos(IDLE_NANOS);
        due = System.nanoTime();
      } else if (now - due < 0) {
        LockSupport.parkNanos(Math.min(due - now, IDLE_NANOS));
      } else {
        round();
        long interval = (long) (TimeUnit.SECONDS.toNanos(1) / rate);
        due = Math.max(due + interval, now - MAX_BEHIND_NANOS);
      }
    }
  }

  private void round() {
    if (!waiting.tryAcquire(CALLS_PER_ROUND)) {
      skipped.increment();
      return;
    }
    int made = 0;
    for (CompletionStage<?> call : shopping.round()) {
      made++;
      calls.increment();
      call.whenComplete((reply, failure) -> ended(failure));
    }
    waiting.release(CALLS_PER_ROUND - made);
  }

  private void ended(@Nullable Throwable failure) {
    waiting.release();
    if (failure == null || closed) {
      return;
    }
    failed.increment();
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String traceId = cause instanceof RpcException e ? e.traceId() : null;
    try (MDC.MDCCloseable trace = MDC.putCloseable("trace_id", traceId == null ? "-" : traceId)) {
      LOG.warn("call failed: {}", cause.getMessage());
    }
  }

  /** Stops starting rounds. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
