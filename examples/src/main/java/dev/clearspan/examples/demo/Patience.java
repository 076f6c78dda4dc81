package dev.clearspan.examples.demo;

import dev.clearspan.examples.await.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what a child process shall do. */
final class Patience {
  private Patience() {}

  /**
   * Waits for the condition.
   *
   * @throws DemoFailure with the end of the child's log, if the time is up or the child is dead
   */
  static void await(
      String what,
      Duration limit,
      Callable<Boolean> condition,
      Supplier<Optional<Child>> responsible) {
    Optional<String> outcome =
        Await.answer(
            limit,
            () -> {
              Optional<Child> dead = responsible.get().filter(child -> !child.isAlive());
              if (dead.isPresent()) {
                return dead.map(Child::epitaph);
              }
              return condition.call() ? Optional.of("") : Optional.empty();
            });
    if (outcome.filter(String::isEmpty).isEmpty()) {
      throw new DemoFailure(
          "it did not come true that %s: %s%s"
              .formatted(
                  what,
                  outcome.orElse("waited " + limit.toSeconds() + " s"),
                  responsible.get().map(Patience::lastWords).orElse("")));
    }
  }

  private static String lastWords(Child child) {
    return "\n" + child.name() + " said last (" + child.spec().log() + "):\n" + child.logTail();
  }
}
