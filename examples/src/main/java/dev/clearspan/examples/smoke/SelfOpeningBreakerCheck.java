package dev.clearspan.examples.smoke;

import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.console.Breaker;
import dev.clearspan.examples.console.ConsoleApi;
import dev.clearspan.examples.console.Failure;
import dev.clearspan.examples.console.Trace;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Left alone, a breaker opens when its service fails and closes when it has recovered; and a call
 * that failed meanwhile is found by its trace id.
 */
public final class SelfOpeningBreakerCheck implements Check {
  private static final String CALLER = "orders";
  private static final String SERVICE = "payments";
  private static final long PATIENCE_SECONDS = 90;
  private static final long TRACE_PATIENCE_SECONDS = 20;
  private static final long OPENED_MILLIS = 10_000;
  private static final long CLOSED_MILLIS = 60_000;
  private static final int SERVICES = 3;
  private static final int NEWEST = 100;

  private final ConsoleApi api;
  private final Tempo tempo;
  private final ShopControl shop;

  public SelfOpeningBreakerCheck(ConsoleApi api, ShopControl shop, Tempo tempo) {
    this.api = api;
    this.tempo = tempo;
    this.shop = shop;
  }

  @Override
  public String title() {
    return "Payments fail and recover";
  }

  @Override
  public void run(Consumer<Finding> findings) {
    boolean calm = Await.that(tempo.patience(PATIENCE_SECONDS), () -> !anyOpen());
    findings.accept(Finding.holds("no breaker open before", calm ? "none" : "some", "none", calm));
    try {
      shop.setFailShare(SERVICE, 1);
      long failing = System.nanoTime();
      boolean opened = Await.that(tempo.patience(PATIENCE_SECONDS), this::anyOpen);
      findings.accept(
          Finding.within(
              "breaker opened by itself", opened ? Clock.millisSince(failing) : -1, OPENED_MILLIS));
      findings.accept(traced());
    } finally {
      shop.setFailShare(SERVICE, 0);
    }
    long recovered = System.nanoTime();
    boolean closed = Await.that(tempo.patience(PATIENCE_SECONDS), () -> !anyOpen());
    findings.accept(
        Finding.within(
            "breaker closed after recovery",
            closed ? Clock.millisSince(recovered) : -1,
            CLOSED_MILLIS));
  }

  private boolean anyOpen() {
    return api.breakers().stream()
        .filter(breaker -> breaker.isBetween(CALLER, SERVICE))
        .map(Breaker::computed)
        .anyMatch(state -> state.equals("OPEN") || state.equals("HALF_OPEN"));
  }

  private Finding traced() {
    Optional<Trace> found =
        Await.answer(tempo.patience(TRACE_PATIENCE_SECONDS), this::failedTraceAcrossServices);
    return Finding.holds(
        "trace of a failed call found by its id",
        found.map(SelfOpeningBreakerCheck::described).orElse("none"),
        "spans of >= " + SERVICES + " services",
        found.isPresent());
  }

  private Optional<Trace> failedTraceAcrossServices() {
    for (Failure failure : api.failures(NEWEST)) {
      if (failure.service().equals(SERVICE)) {
        Optional<Trace> trace =
            api.trace(failure.traceId()).filter(it -> it.services().size() >= SERVICES);
        if (trace.isPresent()) {
          return trace;
        }
      }
    }
    return Optional.empty();
  }

  private static String described(Trace trace) {
    return "%d spans, %s".formatted(trace.spans().size(), String.join(" ", trace.services()));
  }
}
