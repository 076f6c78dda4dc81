package dev.clearspan.rpc.breaker;

import org.jspecify.annotations.Nullable;

/**
 * Admits or refuses the calls of one method to one instance. Thread-safe, lock-free; times are
 * nanoseconds of the channel's ticker.
 *
 * <p>{@link #permits} is asked while an endpoint is picked and changes nothing; {@link #acquire} is
 * asked for the picked one, and every permit it gives is answered exactly once.
 */
public interface CircuitBreaker {
  /** Whether {@link #acquire} would admit a call now. */
  boolean permits(long nowNanos);

  /** Admits a call, or refuses with null. */
  @Nullable Permit acquire(long nowNanos);

  /** What outcomes say, whatever an operator forces. */
  BreakerView computed();

  /** What an operator forces; null when automatic. */
  @Nullable ForcedState forced();

  /**
   * Leave to make one call, and where its outcome is told. Outcomes answer with the change of state
   * that they caused, if they caused one.
   */
  interface Permit {
    /** How long the call took is not known, or says nothing of the instance. */
    long UNTIMED = -1;

    /** The change of state that came with this permit: the first probe's. */
    default @Nullable Transition admission() {
      return null;
    }

    /**
     * Whether others wait for what becomes of this call. An instance that has begun to answer one
     * that may go on for long has answered enough: that is a success.
     */
    default boolean isProbe() {
      return false;
    }

    /** The instance did its work, also if the answer was a business error. */
    @Nullable Transition succeeded(long nowNanos, long tookNanos);

    /** The instance failed; {@code cause} is the status code's name. */
    @Nullable Transition failed(long nowNanos, long tookNanos, String cause);

    /** Nothing was learned: cancelled, or never sent. */
    void released();
  }

  /** A permit whose outcome interests nobody. */
  Permit UNCOUNTED =
      new Permit() {
        @Override
        public @Nullable Transition succeeded(long nowNanos, long tookNanos) {
          return null;
        }

        @Override
        public @Nullable Transition failed(long nowNanos, long tookNanos, String cause) {
          return null;
        }

        @Override
        public void released() {}
      };
}
