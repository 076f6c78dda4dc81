package dev.clearspan.rpc.retry;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The budget is linearizable: no token is lost or spent twice, whoever comes together. */
public class RetryBudgetLincheckTest {
  private final RetryBudget budget = new RetryBudget(3);

  @Operation
  public boolean failed() {
    return budget.failed();
  }

  @Operation
  public void succeeded() {
    budget.succeeded();
  }

  @Operation
  public double tokens() {
    return budget.tokens();
  }

  @Test
  void everyHistoryIsThatOfSomeOrder() {
    options().iterations(8).invocationsPerIteration(300).check(RetryBudgetLincheckTest.class);
  }

  @Test
  @Tag("full")
  void everyHistoryIsThatOfSomeOrderForLong() {
    options().iterations(200).invocationsPerIteration(5_000).check(RetryBudgetLincheckTest.class);
  }

  private static StressOptions options() {
    return new StressOptions().threads(3).actorsBefore(3).actorsPerThread(4).actorsAfter(3);
  }
}
