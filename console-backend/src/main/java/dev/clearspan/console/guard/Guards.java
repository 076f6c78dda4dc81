package dev.clearspan.console.guard;

import dev.clearspan.console.change.Cause;
import dev.clearspan.console.metric.CallAggregates;
import dev.clearspan.console.policy.Guard;
import dev.clearspan.console.policy.Policies;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over policies on trial, by the logical calls to the service of at most the last minute.
 * The guard is in the document, so any console can end the trial; by compare and set one does.
 * {@link #run} by one thread, the rest thread-safe.
 */
public final class Guards implements Runnable {
  /** Until clients have the change, and what they counted before it has come. */
  static final Duration SETTLING = Duration.ofSeconds(2);

  /** How long a console must have listened before it says that all went well. */
  static final Duration LISTENED = Duration.ofSeconds(30);

  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final double MILLIS = 1_000;
  private static final String AUTHOR = "console";
  private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

  private final Policies policies;
  private final RegistryView registry;
  private final CallAggregates calls;
  private final Clock clock;
  private final Instant started;

  public Guards(Policies policies, RegistryView registry, CallAggregates calls, Clock clock) {
    this.policies = policies;
    this.registry = registry;
    this.calls = calls;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** One round; does nothing while the registry cannot be reached. */
  @Override
  public void run() {
    if (registry.health().connected()) {
      registry
          .snapshot()
          .policies()
          .forEach(
              (service, stored) ->
                  Guard.of(stored.value())
                      .ifPresent(guard -> judge(service, stored.revision(), guard)));
    }
  }

  /**
   * How the trial of a service's policy stands.
   *
   * @throws ProblemException 404 when it is not on trial
   */
  public GuardReport report(String service) {
    Instant now = clock.instant();
    Stored<ServicePolicy> stored = registry.snapshot().policies().get(service);
    Guard guard = stored == null ? null : Guard.of(stored.value()).orElse(null);
    if (stored == null || guard == null) {
      throw ProblemException.notFound("The policy of " + service + " is not on trial.");
    }
    return new GuardReport(service, stored.revision(), guard, figures(service, guard, now), now);
  }

  private void judge(String service, long revision, Guard guard) {
    Instant now = clock.instant();
    GuardFigures figures = figures(service, guard, now);
    figures
        .crossed(guard)
        .ifPresentOrElse(
            crossed -> {
              LOG.warn("the policy of {} goes back: {}", service, crossed);
              attempt(() -> policies.revert(service, revision, new Cause(AUTHOR, crossed)));
            },
            () -> {
              if (isOver(guard, now)) {
                attempt(
                    () ->
                        policies.keep(service, revision, new Cause(AUTHOR, kept(figures, guard))));
              }
            });
  }

  /** A console that has just started knows nothing of the calls before. */
  private boolean isOver(Guard guard, Instant now) {
    return !now.isBefore(guard.until()) && !now.isBefore(started.plus(LISTENED));
  }

  private static String kept(GuardFigures figures, Guard guard) {
    String seen = figures.calls() + " calls and " + figures.errors() + " errors in the last minute";
    return figures.suffice(guard)
        ? "no limit was crossed: " + seen
        : "time is up, with too few calls to judge: " + seen;
  }

  private GuardFigures figures(String service, Guard guard, Instant now) {
    Duration since = Duration.between(guard.since().plus(SETTLING), now);
    Duration window = since.compareTo(WINDOW) < 0 ? since : WINDOW;
    return window.compareTo(LEAST) < 0
        ? GuardFigures.NONE
        : GuardFigures.of(
            window.toMillis() / MILLIS,
            calls.logical(window).stream().filter(row -> row.service().equals(service)).toList());
  }

  private static void attempt(Runnable change) {
    try {
      change.run();
    } catch (ProblemException e) {
      // Another console, or a person, was first; else the next round tries again.
      LOG.info("a trial was not ended by this console: {}", e.getMessage());
    }
  }
}
