package dev.clearspan.rpc.server;

import dev.clearspan.rpc.Criticality;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls in flight and turns calls away when there are too many: those that may be shed
 * earlier, so that room is left for those that matter. Thread-safe.
 */
public final class CallGate {
  private final int most;
  private final int mostSheddablePlus;
  private final int mostSheddable;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<@Nullable CompletableFuture<Void>> idle = new AtomicReference<>();
  private final LongAdder refused = new LongAdder();

  public CallGate(int most) {
    this.most = most;
    this.mostSheddablePlus = most - most / 8;
    this.mostSheddable = most - most / 4;
  }

  /** Admits a call, which must {@link #leave}, and returns null; or says why not. */
  public @Nullable String refusal(Criticality criticality) {
    int bound = most(criticality);
    if (inFlight.incrementAndGet() <= bound) {
      return null;
    }
    leave();
    return bound == most
        ? "calls in flight: " + most
        : "calls in flight: %d (expected for one that is %s: < %d)"
            .formatted(inFlight.get(), criticality.label(), bound);
  }

  private int most(Criticality criticality) {
    return switch (criticality) {
      case CRITICAL_PLUS, CRITICAL -> most;
      case SHEDDABLE_PLUS -> mostSheddablePlus;
      case SHEDDABLE -> mostSheddable;
    };
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

  public long refused() {
    return refused.sum();
  }
}
