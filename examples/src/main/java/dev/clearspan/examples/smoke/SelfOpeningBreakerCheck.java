package dev.clearspan.examples.smoke;

import dev.clearspan.examples.console.Await;
import dev.clearspan.examples.console.Breaker;
import dev.clearspan.examples.console.ConsoleApi;
import dev.clearspan.examples.console.Failure;
import dev.clearspan.examples.console.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Left alone, a breaker opens when its service fails and closes when it has recovered; and a call
 * that failed meanwhile is found by its trace id.
 */
public final class SelfOpeningBreakerCheck implements Check {
  private static final String CALLER = "orders";
  private static final String SERVICE = "payments";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration TRACE_PATIENCE = Duration.ofSeconds(20);
  private static final long OPENED_MILLIS = 10_000;
  private static final long CLOSED_MILLIS = 60_000;
  private static final int SERVICES = 3;
  private static final int NEWEST = 100;

  private final ConsoleApi api;
  private final ShopControl shop;

  public SelfOpeningBreakerCheck(ConsoleApi api, ShopControl shop) {
    this.api = api;
    this.shop = shop;
  }

  @Override
  public String title() {
    return "Payments fail and recover";
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    try {
      shop.setFailShare(SERVICE, 1);
      long failing = System.nanoTime();
      boolean opened = Await.that(PATIENCE, this::anyOpen);
      findings.add(
          Finding.within(
              "breaker opened by itself", opened ? Clock.millisSince(failing) : -1, OPENED_MILLIS));
      findings.add(traced());
    } finally {
      shop.setFailShare(SERVICE, 0);
    }
    long recovered = System.nanoTime();
    boolean closed = Await.that(PATIENCE, () -> !anyOpen());
    findings.add(
        Finding.within(
            "breaker closed after recovery",
            closed ? Clock.millisSince(recovered) : -1,
            CLOSED_MILLIS));
    return findings;
  }

  private boolean anyOpen() {
    return api.breakers().stream()
        .filter(breaker -> breaker.isBetween(CALLER, SERVICE))
        .map(Breaker::computed)
        .anyMatch(state -> state.equals("OPEN") || state.equals("HALF_OPEN"));
  }

  private Finding traced() {
    Optional<Trace> found = Await.answer(TRACE_PATIENCE, this::failedTraceAcrossServices);
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
