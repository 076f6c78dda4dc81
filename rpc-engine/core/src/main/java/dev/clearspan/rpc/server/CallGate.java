package dev.clearspan.rpc.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the calls in flight and turns calls away when there are too many. Thread-safe. */
public final class CallGate {
  private final int most;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<@Nullable CompletableFuture<Void>> idle = new AtomicReference<>();
  private final LongAdder refused = new LongAdder();

  public CallGate(int most) {
    this.most = most;
  }

  /** Admits a call, which must {@link #leave}, or returns false. */
  public boolean enter() {
    if (inFlight.incrementAndGet() <= most) {
      return true;
    }
    leave();
    return false;
  }

  /** An admitted call has ended and its handler has returned. */
  public void leave() {
    if (inFlight.decrementAndGet() == 0) {
      CompletableFuture<Void> waiting = idle.get();
      if (waiting != null) {
        waiting.complete(null);
      }
    }
  }

  /** Completes when no call is in flight. To be asked once, after calls are turned away. */
  public CompletableFuture<Void> idle() {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    idle.set(waiting);
    if (inFlight.get() == 0) {
      waiting.complete(null);
    }
    return waiting;
  }

  /** Counts a call that was turned away, here or elsewhere. */
  public void countRefused() {
    refused.increment();
  }

  public int inFlight() {
    return inFlight.get();
  }

  public int most() {
    return most;
  }

  public long refused() {
    return refused.sum();
  }
}
