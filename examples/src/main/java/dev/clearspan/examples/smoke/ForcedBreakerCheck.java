package dev.clearspan.examples.smoke;

import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.console.ConsoleApi;
import dev.clearspan.examples.console.Failure;
import dev.clearspan.examples.console.RedSeries;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A breaker forced open refuses calls at once; back on automatic it lets them through. */
public final class ForcedBreakerCheck implements Check {
  private static final String CALLER = "orders";
  private static final String SERVICE = "payments";
  private static final String REASON = "smoke check";
  private static final long PATIENCE_SECONDS = 30;
  private static final long RESUMED_MILLIS = 5_000;
  private static final double AT_ONCE_MILLIS = 50;
  private static final int NEWEST = 100;

  private final ConsoleApi api;
  private final Tempo tempo;

  public ForcedBreakerCheck(ConsoleApi api, Tempo tempo) {
    this.api = api;
    this.tempo = tempo;
  }

  @Override
  public String title() {
    return "The breaker orders -> payments is forced open and put back";
  }

  @Override
  public void run(Consumer<Finding> findings) {
    try {
      findings.accept(Acknowledged.of(api, tempo, SERVICE, force("OPEN")));
      findings.accept(edgeShows("forced_open"));
      refused(Clock.nextFreshStep()).forEach(findings);
      findings.accept(explained());
    } finally {
      findings.accept(Acknowledged.of(api, tempo, SERVICE, force("AUTO")));
    }
    findings.accept(resumed(System.nanoTime()));
  }

  private long force(String state) {
    return api.forceBreaker(CALLER, SERVICE, state, REASON);
  }

  private Finding edgeShows(String breaker) {
    Optional<String> shown =
        Await.answer(
            tempo.patience(PATIENCE_SECONDS),
            () -> Optional.of(edgeBreaker()).filter(breaker::equals));
    return Finding.holds(
        "edge orders -> payments shows",
        shown.orElseGet(this::edgeBreaker),
        breaker,
        shown.isPresent());
  }

  private String edgeBreaker() {
    return api.topology().edge(CALLER, SERVICE).map(edge -> edge.breaker()).orElse("no edge");
  }

  /** In a whole step of the metrics no call left the client, and each failed without waiting. */
  private List<Finding> refused(Instant step) {
    RedSeries calls =
        Await.answer(
                tempo.patience(PATIENCE_SECONDS),
                () ->
                    Optional.of(api.red(SERVICE, CALLER, "service", step))
                        .filter(series -> series.calls() > 0))
            .orElseGet(() -> api.red(SERVICE, CALLER, "service", step));
    double slowest = calls.worstP99Millis();
    return List.of(
        Finding.atLeast("calls refused by the client", calls.errors(), 1),
        Finding.atMost("calls that succeeded", calls.calls() - calls.errors(), 0),
        Finding.atMost("attempts that reached an instance", sentAttempts(step), 0),
        Finding.holds(
            "time of a refused call (p99)",
            String.format(Locale.ROOT, "%.2f ms", slowest),
            "<= " + (long) AT_ONCE_MILLIS + " ms",
            calls.calls() > 0 && slowest <= AT_ONCE_MILLIS));
  }

  private long sentAttempts(Instant step) {
    return api.red(SERVICE, CALLER, "instance", step).series().stream()
        .filter(series -> !series.key().getOrDefault("instance", "").isEmpty())
        .mapToLong(RedSeries.Series::calls)
        .sum();
  }

  private Finding explained() {
    Optional<Failure> failure =
        Await.answer(
            tempo.patience(PATIENCE_SECONDS),
            () ->
                api.failures(NEWEST).stream().filter(ForcedBreakerCheck::namesBreaker).findFirst());
    return Finding.holds(
        "failures say why",
        failure.map(Failure::message).map(ForcedBreakerCheck::shortened).orElse("nothing"),
        "an error that names the breaker",
        failure.isPresent());
  }

  private static boolean namesBreaker(Failure failure) {
    return failure.service().equals(SERVICE)
        && failure.message().toLowerCase(Locale.ROOT).contains("breaker");
  }

  private static String shortened(String message) {
    return message.length() <= 60 ? message : message.substring(0, 57) + "...";
  }

  private Finding resumed(long since) {
    boolean flowing =
        Await.that(
            tempo.patience(PATIENCE_SECONDS),
            () ->
                api.topology().instances(SERVICE).stream()
                        .mapToDouble(instance -> instance.red().rate())
                        .sum()
                    > 0);
    return Finding.within(
        "calls resumed after AUTO", flowing ? Clock.millisSince(since) : -1, RESUMED_MILLIS);
  }
}
