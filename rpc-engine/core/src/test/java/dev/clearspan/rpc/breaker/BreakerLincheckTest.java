package dev.clearspan.rpc.breaker;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The breaker is linearizable: whatever threads do to it at the same time, each hears what it would
 * hear if they did it one after the other.
 */
class BreakerLincheckTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        BreakerHistory.FromClosed.class,
        BreakerHistory.FromOpen.class,
        BreakerHistory.FromHalfOpen.class
      })
  void everyHistoryIsThatOfSomeOrder(Class<? extends BreakerHistory> history) {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .iterations(6)
        .invocationsPerIteration(120)
        .check(history);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        BreakerHistory.FromClosed.class,
        BreakerHistory.FromOpen.class,
        BreakerHistory.FromHalfOpen.class
      })
  @Tag("full")
  void everyHistoryUnderStressIsThatOfSomeOrder(Class<? extends BreakerHistory> history) {
    new StressOptions()
        .threads(3)
        .actorsBefore(2)
        .actorsPerThread(4)
        .actorsAfter(2)
        .iterations(200)
        .invocationsPerIteration(3_000)
        .check(history);
  }
}
