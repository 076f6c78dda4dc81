package dev.clearspan.rpc.breaker;

import dev.clearspan.rpc.breaker.CircuitBreaker.Permit;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The breaker is linearizable: whatever threads do to it at the same time, each hears what it would
 * hear if they did it one after the other. Moments are parameters: 6 s after the start the first
 * open time is over and a probe begun at the start is overdue.
 */
@Param(name = "second", gen = IntGen.class, conf = "0:1")
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "slow", gen = IntGen.class, conf = "0:1")
public class BreakerLincheckTest {
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

  @Operation
  public String acquire(@Param(name = "thread") int thread, @Param(name = "second") int later) {
    if (held[thread] != null) {
      return "has one";
    }
    Permit permit = breaker.acquire(later * LATER);
    held[thread] = permit;
    return permit == null ? "refused" : "admitted" + to(permit.admission());
  }

  @Operation
  public String succeed(
      @Param(name = "thread") int thread,
      @Param(name = "second") int later,
      @Param(name = "slow") int slow) {
    Permit permit = held[thread];
    held[thread] = null;
    return permit == null ? "has none" : to(permit.succeeded(later * LATER, slow * SLOW));
  }

  @Operation
  public String fail(
      @Param(name = "thread") int thread,
      @Param(name = "second") int later,
      @Param(name = "slow") int slow) {
    Permit permit = held[thread];
    held[thread] = null;
    return permit == null
        ? "has none"
        : to(permit.failed(later * LATER, slow * SLOW, "UNAVAILABLE"));
  }

  @Operation
  public void release(@Param(name = "thread") int thread) {
    Permit permit = held[thread];
    held[thread] = null;
    if (permit != null) {
      permit.released();
    }
  }

  @Operation
  public String state() {
    return breaker.computed().state().name();
  }

  @Operation
  public boolean permits(@Param(name = "second") int later) {
    return breaker.permits(later * LATER);
  }

  /** The state that the change led to. */
  private static String to(@Nullable Transition change) {
    return change == null ? "" : " -> " + change.to();
  }

  @Test
  void everyHistoryIsThatOfSomeOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(6)
        .actorsPerThread(4)
        .actorsAfter(3)
        .iterations(10)
        .invocationsPerIteration(150)
        .check(BreakerLincheckTest.class);
  }

  @Test
  @Tag("full")
  void everyHistoryUnderStressIsThatOfSomeOrder() {
    new StressOptions()
        .threads(3)
        .actorsBefore(6)
        .actorsPerThread(4)
        .actorsAfter(3)
        .iterations(300)
        .invocationsPerIteration(5_000)
        .check(BreakerLincheckTest.class);
  }
}
