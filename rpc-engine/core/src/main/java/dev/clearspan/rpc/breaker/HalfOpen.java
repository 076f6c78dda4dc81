package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call passes at a time. Enough successes close, one failure opens for twice the time. A probe
 * that has no outcome after the first open time lets the next one pass: a stream may be silent for
 * an hour.
 */
final class HalfOpen implements BreakerState {
  private final SlidingWindowBreaker breaker;
  private final BreakerView view;
  private final int openings;
  private final AtomicReference<@Nullable Probe> underWay = new AtomicReference<>();
  private final AtomicInteger successes = new AtomicInteger();

  HalfOpen(SlidingWindowBreaker breaker, long nowNanos, int openings, String cause) {
    this.breaker = breaker;
    this.view = new BreakerView(Name.HALF_OPEN, nowNanos, nowNanos, cause);
    this.openings = openings;
  }

  @Override
  public boolean permits(long nowNanos) {
    return isFree(underWay.get(), nowNanos);
  }

  @Override
  public @Nullable Permit acquire(long nowNanos) {
    return probe(nowNanos, null);
  }

  /** The next probe, if none is under way; {@code admission} is what it changed. */
  @Nullable Permit probe(long nowNanos, @Nullable Transition admission) {
    while (true) {
      Probe before = underWay.get();
      if (!isFree(before, nowNanos)) {
        return null;
      }
      Probe next = new Probe(nowNanos, admission);
      if (underWay.compareAndSet(before, next)) {
        return next;
      }
    }
  }

  @Override
  public BreakerView view() {
    return view;
  }

  private boolean isFree(@Nullable Probe probe, long nowNanos) {
    return probe == null || nowNanos - probe.startNanos >= breaker.settings().open().toNanos();
  }

  private final class Probe implements Permit {
    private final long startNanos;
    private final @Nullable Transition admission;

    Probe(long startNanos, @Nullable Transition admission) {
      this.startNanos = startNanos;
      this.admission = admission;
    }

    @Override
    public @Nullable Transition admission() {
      return admission;
    }

    @Override
    public boolean isProbe() {
      return true;
    }

    @Override
    public @Nullable Transition succeeded(long nowNanos, long tookNanos) {
      if (breaker.isSlow(tookNanos)) {
        return reopen(nowNanos, "it took " + tookNanos / 1_000_000 + " ms");
      }
      if (successes.incrementAndGet() < breaker.settings().halfOpenProbes()) {
        released();
        return null;
      }
      Closed closed = new ClosedSpell(breaker, nowNanos).unbroken();
      return breaker.replace(HalfOpen.this, closed, TransitionCause.PROBES_SUCCEEDED, "");
    }

    @Override
    public @Nullable Transition failed(long nowNanos, long tookNanos, String cause) {
      return reopen(nowNanos, cause);
    }

    @Override
    public void released() {
      underWay.compareAndSet(this, null);
    }

    private @Nullable Transition reopen(long nowNanos, String why) {
      String detail = "probe failed: " + why;
      return breaker.open(
          HalfOpen.this, nowNanos, openings + 1, TransitionCause.PROBE_FAILED, detail);
    }
  }
}
