package dev.clearspan.rpc.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final RetryBudget budget = new RetryBudget(10);

  @Test
  void allowsRetriesWhileMoreThanHalfIsLeft() {
    for (int i = 0; i < 4; i++) {
      assertThat(budget.failed()).isTrue();
    }
    assertThat(budget.failed()).isFalse();
    assertThat(budget.tokens()).isEqualTo(5);
  }

  @Test
  void tenSuccessesEarnOneRetry() {
    for (int i = 0; i < 5; i++) {
      budget.failed();
    }
    for (int i = 0; i < 10; i++) {
      budget.succeeded();
    }

    assertThat(budget.failed()).isFalse();
    for (int i = 0; i < 11; i++) {
      budget.succeeded();
    }
    assertThat(budget.failed()).isTrue();
  }

  @Test
  void neverLeavesItsBounds() {
    for (int i = 0; i < 100; i++) {
      budget.failed();
    }
    assertThat(budget.tokens()).isZero();
    for (int i = 0; i < 1_000; i++) {
      budget.succeeded();
    }
    assertThat(budget.tokens()).isEqualTo(10);
  }

  @Test
  void aBudgetOfNothingAllowsNothing() {
    assertThat(new RetryBudget(0).failed()).isFalse();
  }

  @Test
  void losesNoTokenUnderContention() throws InterruptedException {
    RetryBudget large = new RetryBudget(1_000);
    AtomicInteger allowed = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(4);
    for (int thread = 0; thread < 4; thread++) {
      new Thread(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  allowed.addAndGet(large.failed() ? 1 : 0);
                }
                done.countDown();
              })
          .start();
    }
    done.await();

    assertThat(allowed).hasValue(499);
    assertThat(large.tokens()).isZero();
  }
}
