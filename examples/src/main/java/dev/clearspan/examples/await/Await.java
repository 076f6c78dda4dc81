package dev.clearspan.examples.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition of another process, which can only be asked again and again. */
public final class Await {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Await() {}

  /**
   * What the question answers as soon as it answers something; empty when the time is up. An
   * exception counts as no answer, for a service that is starting refuses connections.
   */
  public static <T> Optional<T> answer(Duration limit, Callable<Optional<T>> question) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = ask(question);
      if (answer.isPresent() || System.nanoTime() - end >= 0) {
        return answer;
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        return Optional.empty();
      }
    }
  }

  /** Whether the condition came true in time. */
  public static boolean that(Duration limit, Callable<Boolean> condition) {
    return answer(limit, () -> condition.call() ? Optional.of(true) : Optional.empty()).isPresent();
  }

  private static <T> Optional<T> ask(Callable<Optional<T>> question) {
    try {
      return question.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.empty();
    }
  }
}
