package dev.clearspan.examples.smoke;

import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.console.Acks;
import dev.clearspan.examples.console.ConsoleApi;
import java.util.Optional;

/** Waits until every process concerned has applied a change. */
final class Acknowledged {
  private static final long PATIENCE_SECONDS = 10;
  private static final long SLOWEST_MILLIS = 1_000;

  private Acknowledged() {}

  static Finding of(ConsoleApi api, Tempo tempo, String service, long revision) {
    Optional<Acks> complete =
        Await.answer(
            tempo.patience(PATIENCE_SECONDS),
            () -> Optional.of(api.acks(service, revision)).filter(Acknowledged::isComplete));
    String what = service + ": revision " + revision + " applied, slowest process";
    return complete
        .map(acks -> finding(what, acks))
        .orElseGet(() -> Finding.within(what, -1, SLOWEST_MILLIS));
  }

  private static boolean isComplete(Acks acks) {
    return acks.complete() && acks.total() > 0 && acks.applied() == acks.total();
  }

  private static Finding finding(String what, Acks acks) {
    long slowest = acks.slowestMillis() == null ? -1 : acks.slowestMillis();
    return new Finding(
        what,
        "%d of %d, %d ms".formatted(acks.applied(), acks.total(), slowest),
        "all, <= " + SLOWEST_MILLIS + " ms",
        slowest >= 0 && slowest <= SLOWEST_MILLIS);
  }
}
