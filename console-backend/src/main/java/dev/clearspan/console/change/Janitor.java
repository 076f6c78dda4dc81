package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes overrides that have expired, each by an audited write. Clients drop them by themselves;
 * this keeps the registry telling the truth. Several consoles may do it at once: one wins.
 */
public final class Janitor implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
  private static final Cause CAUSE = new Cause("console", "expired");

  private final RuleWriter writer;
  private final BreakerControls breakers;
  private final KeepOrders keeps;
  private final RegistryView registry;
  private final Clock clock;

  public Janitor(
      RuleWriter writer,
      BreakerControls breakers,
      KeepOrders keeps,
      RegistryView registry,
      Clock clock) {
    this.writer = writer;
    this.breakers = breakers;
    this.keeps = keeps;
    this.registry = registry;
    this.clock = clock;
  }

  /** One round; does nothing while the registry cannot be reached. */
  @Override
  public void run() {
    if (!registry.health().connected()) {
      return;
    }
    RegistrySnapshot snapshot = registry.snapshot();
    Instant now = clock.instant();
    snapshot
        .controls()
        .forEach(
            (ref, stored) -> {
              if (Overrides.isExpired(stored.value(), now)) {
                drop(new RegistryKey.ControlKey(ref), ref.service(), stored.revision());
              }
            });
    snapshot
        .forced()
        .forEach(
            (service, stored) -> {
              if (stored.value().getForcedList().stream()
                  .anyMatch(entry -> Overrides.isExpired(entry, now))) {
                attempt(() -> breakers.dropExpired(service, stored.revision(), CAUSE));
              }
            });
    snapshot
        .policies()
        .forEach(
            (service, stored) -> {
              if (KeepOrders.ordersOf(stored.value()).stream()
                  .anyMatch(order -> Overrides.isExpired(order, now))) {
                attempt(() -> keeps.dropExpired(service, stored.revision(), CAUSE));
              }
            });
  }

  private void drop(RegistryKey.ControlKey key, String service, long revision) {
    Edit edit = Edit.to(key, OptionalLong.of(revision), null);
    attempt(() -> writer.write("instance.control", service, key.text(), List.of(edit), CAUSE));
  }

  private static void attempt(Runnable deletion) {
    try {
      deletion.run();
    } catch (ProblemException e) {
      LOG.info("an expired override stays for now: {}", e.getMessage());
    }
  }
}
