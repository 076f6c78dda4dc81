package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;

/**
 * What threads may do to a breaker, each with a permit of its own, for Lincheck to mix. Moments are
 * parameters: 6 s after the start the first open time is over and a probe begun at the start is
 * overdue.
 */
@Param(name = "later", gen = IntGen.class, conf = "0:1")
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "slow", gen = IntGen.class, conf = "0:1")
public abstract class BreakerHistory {
  private static final BreakerSettings SETTINGS =
      BreakerSettings.DEFAULT
          .withConsecutiveFailures(2)
          .withFailureRate(0.5, 4, Duration.ofSeconds(10))
          .withSlowCalls(Duration.ofSeconds(1), 0.5)
          .withHalfOpenProbes(2);
  private static final long LATER = Duration.ofSeconds(6).toNanos();
  private static final long SLOW = Duration.ofSeconds(2).toNanos();
  private static final int MOST_THREADS = 8;

  private final SlidingWindowBreaker breaker =
      new SlidingWindowBreaker(SETTINGS, 0, () -> 0L, change -> {});

  /** What each thread holds; nobody else's business. */
  private final @Nullable Permit[] held = new Permit[MOST_THREADS];

  /** A breaker with this many failures in a row behind it: the second opens. */
  BreakerHistory(int failures) {
    for (int i = 0; i < failures; i++) {
      acquire(0, 0);
      fail(0, 0);
    }
  }

  /** Begins with a closed breaker and a call of each thread under way. */
  public static final class FromClosed extends BreakerHistory {
    public FromClosed() {
      super(0);
      for (int thread = 1; thread < MOST_THREADS; thread++) {
        acquire(thread, 0);
      }
    }
  }

  /** Begins with an open breaker, whose time is over later. */
  public static final class FromOpen extends BreakerHistory {
    public FromOpen() {
      super(2);
    }
  }

  /** Begins with a half-open breaker without a probe under way. */
  public static final class FromHalfOpen extends BreakerHistory {
    public FromHalfOpen() {
      super(2);
      acquire(0, 1);
      release(0);
    }
  }

  @Operation
  public final String acquire(
      @Param(name = "thread") int thread, @Param(name = "later") int later) {
    if (held[thread] != null) {
      return "has one";
    }
    Permit permit = breaker.acquire(later * LATER);
    held[thread] = permit;
    return permit == null ? "refused" : "admitted" + to(permit.admission());
  }

  @Operation
  public final String succeed(@Param(name = "thread") int thread, @Param(name = "slow") int slow) {
    Permit permit = taken(thread);
    return permit == null ? "has none" : to(permit.succeeded(LATER, slow * SLOW));
  }

  @Operation
  public final String fail(@Param(name = "thread") int thread, @Param(name = "later") int later) {
    Permit permit = taken(thread);
    return permit == null ? "has none" : to(permit.failed(later * LATER, 0, "UNAVAILABLE"));
  }

  @Operation
  public final void release(@Param(name = "thread") int thread) {
    Permit permit = taken(thread);
    if (permit != null) {
      permit.released();
    }
  }

  @Operation
  public final String state() {
    return breaker.computed().state().name();
  }

  private @Nullable Permit taken(int thread) {
    Permit permit = held[thread];
    held[thread] = null;
    return permit;
  }

  /** The state that the change led to. */
  private static String to(@Nullable Transition change) {
    return change == null ? "" : " -> " + change.to();
  }
}
