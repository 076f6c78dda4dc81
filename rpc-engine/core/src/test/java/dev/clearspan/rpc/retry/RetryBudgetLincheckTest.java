package dev.clearspan.rpc.retry;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
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
  public boolean take() {
    return budget.take();
  }

  @Operation
  public void giveBack() {
    budget.giveBack();
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
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(2)
        .iterations(4)
        .invocationsPerIteration(100)
        .check(RetryBudgetLincheckTest.class);
  }

  @Test
  @Tag("full")
  void everyHistoryUnderStressIsThatOfSomeOrder() {
    new StressOptions()
        .threads(3)
        .actorsBefore(3)
        .actorsPerThread(4)
        .actorsAfter(3)
        .iterations(200)
        .invocationsPerIteration(5_000)
        .check(RetryBudgetLincheckTest.class);
  }
}
