package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One call passes at a time. Enough successes close, one failure opens for twice the time. */
final class HalfOpen implements BreakerState, Permit {
  private final SlidingWindowBreaker breaker;
  private final BreakerView view;
  private final int openings;
  private final AtomicBoolean probing = new AtomicBoolean();
  private final AtomicInteger successes = new AtomicInteger();

  HalfOpen(SlidingWindowBreaker breaker, long nowNanos, int openings, String cause) {
    this.breaker = breaker;
    this.view = new BreakerView(Name.HALF_OPEN, nowNanos, nowNanos, cause);
    this.openings = openings;
  }

  @Override
  public boolean permits(long nowNanos) {
    return !probing.get();
  }

  @Override
  public @Nullable Permit acquire(long nowNanos) {
    return probing.compareAndSet(false, true) ? this : null;
  }

  @Override
  public BreakerView view() {
    return view;
  }

  @Override
  public boolean answering(long nowNanos) {
    succeeded(nowNanos);
    return true;
  }

  @Override
  public void succeeded(long nowNanos) {
    int so = successes.incrementAndGet();
    if (so >= breaker.settings().halfOpenProbes()) {
      breaker.replace(this, new Closed(breaker, nowNanos, ""), TransitionCause.PROBES_SUCCEEDED);
    } else {
      probing.set(false);
    }
  }

  @Override
  public void failed(long nowNanos, String cause) {
    breaker.open(
        this, nowNanos, openings + 1, TransitionCause.PROBE_FAILED, "probe failed: " + cause);
  }

  @Override
  public void released() {
    probing.set(false);
  }
}
