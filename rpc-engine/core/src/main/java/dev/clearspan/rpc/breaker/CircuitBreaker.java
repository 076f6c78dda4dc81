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

  /** Leave to make one call, and where its outcome is told. */
  interface Permit {
    /**
     * The instance has begun to answer a call that may go on for long. To a probe that is answer
     * enough: it returns true, and is told nothing more.
     */
    default boolean answering(long nowNanos) {
      return false;
    }

    /** The instance did its work, also if the answer was a business error. */
    void succeeded(long nowNanos);

    /** The instance failed; {@code cause} is the status code's name. */
    void failed(long nowNanos, String cause);

    /** Nothing was learned: cancelled, or never sent. */
    void released();
  }

  /** A permit whose outcome interests nobody. */
  Permit UNCOUNTED =
      new Permit() {
        @Override
        public void succeeded(long nowNanos) {}

        @Override
        public void failed(long nowNanos, String cause) {}

        @Override
        public void released() {}
      };
}
