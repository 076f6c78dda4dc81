package dev.clearspan.rpc.breaker;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A computed breaker under an operator's will. The computed one goes on learning from the calls
 * that pass, so that lifting the force shows its true state at once.
 */
public abstract sealed class ForcedBreaker implements CircuitBreaker {
  private final SlidingWindowBreaker breaker;
  private final ForcedState forced;

  private ForcedBreaker(SlidingWindowBreaker breaker, ForcedState forced) {
    this.breaker = breaker;
    this.forced = forced;
  }

  /** The breaker as it acts under the forced state. */
  public static CircuitBreaker of(SlidingWindowBreaker breaker, @Nullable ForcedState forced) {
    if (forced == null) {
      return breaker;
    }
    return switch (forced.kind()) {
      case OPEN -> new ForcedOpen(breaker, forced);
      case CLOSED -> new ForcedClosed(breaker, forced);
      case HALF_OPEN -> new ForcedHalfOpen(breaker, forced);
      case DISABLED -> new Disabled(breaker, forced);
    };
  }

  @Override
  public final BreakerView computed() {
    return breaker.computed();
  }

  @Override
  public final ForcedState forced() {
    return forced;
  }

  /** Whoever passes is told to the computed breaker, if that admits calls itself. */
  final Permit learn(long nowNanos) {
    Permit permit = breaker.acquire(nowNanos);
    return permit == null ? UNCOUNTED : permit;
  }

  private static final class ForcedOpen extends ForcedBreaker {
    private ForcedOpen(SlidingWindowBreaker breaker, ForcedState forced) {
      super(breaker, forced);
    }

    @Override
    public boolean permits(long nowNanos) {
      return false;
    }

    @Override
    public @Nullable Permit acquire(long nowNanos) {
      return null;
    }
  }

  private static final class ForcedClosed extends ForcedBreaker {
    private ForcedClosed(SlidingWindowBreaker breaker, ForcedState forced) {
      super(breaker, forced);
    }

    @Override
    public boolean permits(long nowNanos) {
      return true;
    }

    @Override
    public Permit acquire(long nowNanos) {
      return learn(nowNanos);
    }
  }

  private static final class Disabled extends ForcedBreaker {
    private final SlidingWindowBreaker breaker;

    private Disabled(SlidingWindowBreaker breaker, ForcedState forced) {
      super(breaker, forced);
      this.breaker = breaker;
    }

    @Override
    public boolean permits(long nowNanos) {
      return true;
    }

    @Override
    public Permit acquire(long nowNanos) {
      return breaker.counting();
    }
  }

  private static final class ForcedHalfOpen extends ForcedBreaker {
    private final AtomicBoolean passing = new AtomicBoolean();

    private ForcedHalfOpen(SlidingWindowBreaker breaker, ForcedState forced) {
      super(breaker, forced);
    }

    @Override
    public boolean permits(long nowNanos) {
      return !passing.get();
    }

    @Override
    public @Nullable Permit acquire(long nowNanos) {
      return passing.compareAndSet(false, true) ? new OneAtATime(learn(nowNanos), passing) : null;
    }
  }

  /** Lets the next call pass when its own is over, or has begun to be answered. */
  private static final class OneAtATime implements Permit {
    private final Permit permit;
    private final AtomicBoolean passing;
    private final AtomicBoolean passed = new AtomicBoolean();

    OneAtATime(Permit permit, AtomicBoolean passing) {
      this.permit = permit;
      this.passing = passing;
    }

    @Override
    public @Nullable Transition admission() {
      return permit.admission();
    }

    @Override
    public boolean isProbe() {
      return true;
    }

    @Override
    public @Nullable Transition succeeded(long nowNanos, long tookNanos) {
      Transition change = permit.succeeded(nowNanos, tookNanos);
      pass();
      return change;
    }

    @Override
    public @Nullable Transition failed(long nowNanos, long tookNanos, String cause) {
      Transition change = permit.failed(nowNanos, tookNanos, cause);
      pass();
      return change;
    }

    @Override
    public void released() {
      permit.released();
      pass();
    }

    private void pass() {
      if (passed.compareAndSet(false, true)) {
        passing.set(false);
      }
    }
  }
}
