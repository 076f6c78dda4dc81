package dev.clearspan.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final Answers<Integer> answers = new Answers<>();
  private final AtomicInteger computed = new AtomicInteger();

  @Test
  void sameKeyTwice_isComputedOnce() throws Exception {
    assertThat(answers.once("a", computed::incrementAndGet)).isEqualTo(1);
    assertThat(answers.once("a", computed::incrementAndGet)).isEqualTo(1);
    assertThat(answers.once("b", computed::incrementAndGet)).isEqualTo(2);
    assertThat(answers.find("a")).contains(1);
    assertThat(answers.find("c")).isEmpty();
  }

  @Test
  void askingMeanwhile_waitsForTheFirst() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return answers.once(
                    "a",
                    () -> {
                      started.countDown();
                      proceed.await();
                      return computed.incrementAndGet();
                    });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    started.await();
    assertThat(answers.find("a")).isEmpty();
    proceed.countDown();
    assertThat(answers.once("a", computed::incrementAndGet)).isEqualTo(first.join()).isEqualTo(1);
  }

  @Test
  void failure_isNotRemembered() throws Exception {
    assertThatThrownBy(
            () ->
                answers.once(
                    "a",
                    () -> {
                      throw new IllegalStateException("full");
                    }))
        .hasMessage("full");
    assertThat(answers.once("a", computed::incrementAndGet)).isEqualTo(1);
  }
}
