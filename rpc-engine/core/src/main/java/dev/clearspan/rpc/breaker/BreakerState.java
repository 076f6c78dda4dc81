package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import org.jspecify.annotations.Nullable;

/** One state of a {@link SlidingWindowBreaker}. */
sealed interface BreakerState permits Closed, Open, HalfOpen {
  boolean permits(long nowNanos);

  @Nullable Permit acquire(long nowNanos);

  BreakerView view();
}
