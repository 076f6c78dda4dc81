package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import dev.clearspan.rpc.breaker.SlidingWindow.Sum;
import java.util.concurrent.atomic.AtomicInteger;

/** Every call passes, and is counted. The state itself is the permit. */
final class Closed implements BreakerState, Permit {
  private final SlidingWindowBreaker breaker;
  private final BreakerView view;
  private final SlidingWindow window;
  private final AtomicInteger failuresInRow = new AtomicInteger();

  Closed(SlidingWindowBreaker breaker, long nowNanos, String cause) {
    this.breaker = breaker;
    this.view = new BreakerView(Name.CLOSED, nowNanos, nowNanos, cause);
    this.window = new SlidingWindow(breaker.settings().window().toNanos(), nowNanos);
  }

  @Override
  public boolean permits(long nowNanos) {
    return true;
  }

  @Override
  public Permit acquire(long nowNanos) {
    return this;
  }

  @Override
  public BreakerView view() {
    return view;
  }

  @Override
  public void succeeded(long nowNanos) {
    window.succeeded(nowNanos);
    // Zero is the usual case: read it before writing.
    if (failuresInRow.get() != 0) {
      failuresInRow.set(0);
    }
  }

  @Override
  public void failed(long nowNanos, String cause) {
    window.failed(nowNanos);
    BreakerSettings settings = breaker.settings();
    if (!settings.enabled()) {
      return;
    }
    int inRow = failuresInRow.incrementAndGet();
    if (inRow >= settings.consecutiveFailures()) {
      breaker.open(
          this,
          nowNanos,
          1,
          TransitionCause.CONSECUTIVE_FAILURES,
          inRow + " failures in a row, last " + cause);
      return;
    }
    Sum sum = window.sum(nowNanos);
    if (sum.calls() >= settings.minimumCalls() && sum.failureRate() >= settings.failureRate()) {
      breaker.open(this, nowNanos, 1, TransitionCause.FAILURE_RATE, rateDetail(sum, cause));
    }
  }

  @Override
  public void released() {}

  /** A permit that fills the window and opens nothing. */
  Permit counting() {
    return new Counting(window);
  }

  private String rateDetail(Sum sum, String cause) {
    return "%d of %d calls failed in %d s, last %s"
        .formatted(sum.failures(), sum.calls(), breaker.settings().window().toSeconds(), cause);
  }

  private record Counting(SlidingWindow window) implements Permit {
    @Override
    public void succeeded(long nowNanos) {
      window.succeeded(nowNanos);
    }

    @Override
    public void failed(long nowNanos, String cause) {
      window.failed(nowNanos);
    }

    @Override
    public void released() {}
  }
}
