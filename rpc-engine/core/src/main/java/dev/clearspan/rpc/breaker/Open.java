package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.BreakerView.Name;
import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import org.jspecify.annotations.Nullable;

/** Nothing passes until the time is up; then the first call becomes the first probe. */
final class Open implements BreakerState {
  private final SlidingWindowBreaker breaker;
  private final BreakerView view;
  private final int openings;

  /**
   * Open until then; {@code openings} is 1 the first time, and one more after each failed probe.
   */
  Open(SlidingWindowBreaker breaker, long nowNanos, long untilNanos, int openings, String cause) {
    this.breaker = breaker;
    this.view = new BreakerView(Name.OPEN, nowNanos, untilNanos, cause);
    this.openings = openings;
  }

  @Override
  public boolean permits(long nowNanos) {
    return nowNanos - view.probeAtNanos() >= 0;
  }

  @Override
  public @Nullable Permit acquire(long nowNanos) {
    if (!permits(nowNanos)) {
      return null;
    }
    HalfOpen next = new HalfOpen(breaker, nowNanos, openings, view.cause());
    Transition change =
        new Transition(Name.OPEN, Name.HALF_OPEN, TransitionCause.OPEN_TIME_OVER, view.cause());
    Permit probe = next.probe(nowNanos, change);
    return breaker.replace(this, next, change) ? probe : null;
  }

  @Override
  public BreakerView view() {
    return view;
  }
}
