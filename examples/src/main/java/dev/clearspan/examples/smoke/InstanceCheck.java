package dev.clearspan.examples.smoke;

import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.console.ConsoleApi;
import dev.clearspan.examples.console.RedSeries;
import dev.clearspan.examples.console.Topology;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A new instance is seen at once; killed, it is gone at once, and no call is lost. */
public final class InstanceCheck implements Check {
  private static final String SERVICE = "inventory";
  private static final String CALLER = "orders";
  private static final long SEEN_MILLIS = 2_000;
  private static final long PATIENCE_SECONDS = 20;

  private final ConsoleApi api;
  private final Tempo tempo;
  private final ShopControl shop;

  public InstanceCheck(ConsoleApi api, ShopControl shop, Tempo tempo) {
    this.api = api;
    this.tempo = tempo;
    this.shop = shop;
  }

  @Override
  public String title() {
    return "An instance comes and is killed";
  }

  @Override
  public void run(Consumer<Finding> findings) {
    String id = shop.startExtra(SERVICE);
    long registered = shop.awaitRegistered(SERVICE, id);
    findings.accept(seen("new instance " + id + " shown after its registration", registered, id));
    findings.accept(takesCalls(id));
    Instant step = awaitFreshStep();
    long killed = shop.kill(id);
    findings.accept(gone(id, killed));
    findings.accept(noneFailed(step));
  }

  private Finding seen(String what, long since, String id) {
    boolean up =
        Await.that(tempo.patience(PATIENCE_SECONDS), () -> api.topology().isUp(SERVICE, id));
    return Finding.within(what, up ? Clock.millisSince(since) : -1, SEEN_MILLIS);
  }

  private Finding takesCalls(String id) {
    Optional<Topology.Instance> busy =
        Await.answer(
            tempo.patience(PATIENCE_SECONDS),
            () -> api.topology().instance(SERVICE, id).filter(node -> node.red().rate() > 0));
    return Finding.holds(
        "new instance takes calls",
        busy.map(node -> "%.1f/s".formatted(node.red().rate())).orElse("none"),
        "> 0/s",
        busy.isPresent());
  }

  /** Calls that failed before the kill, while the shop was warming up, are in earlier steps. */
  private Instant awaitFreshStep() {
    Instant step = Clock.nextFreshStep();
    Await.that(tempo.patience(PATIENCE_SECONDS), () -> !Instant.now().isBefore(step));
    return step;
  }

  private Finding gone(String id, long killed) {
    Optional<String> state =
        Await.answer(
            tempo.patience(PATIENCE_SECONDS),
            () -> Optional.of(shown(id)).filter(InstanceCheck::isGone));
    return Finding.within(
        "killed instance shown gone, " + state.orElse("nobody reports it"),
        state.isPresent() ? Clock.millisSince(killed) : -1,
        SEEN_MILLIS);
  }

  private static boolean isGone(String shown) {
    return shown.startsWith("gone");
  }

  private String shown(String id) {
    return api.topology()
        .instance(SERVICE, id)
        .map(InstanceCheck::described)
        .orElse("gone (deleted)");
  }

  private static String described(Topology.Instance instance) {
    Topology.Unreachable reports = instance.unreachable();
    return reports == null
        ? instance.state()
        : "%s (reported by %d of %d callers)"
            .formatted(instance.state(), reports.reporters(), reports.callers());
  }

  /** All methods of the service are idempotent: every call that met the killed instance went on. */
  private Finding noneFailed(Instant from) {
    Instant after = Clock.nextFreshStep();
    Await.that(
        tempo.patience(PATIENCE_SECONDS),
        () -> api.red(SERVICE, CALLER, "service", after).calls() > 0);
    RedSeries calls = api.red(SERVICE, CALLER, "service", from);
    return Finding.holds(
        "calls of " + CALLER + " to " + SERVICE + " that failed meanwhile",
        calls.errors() + " of " + calls.calls(),
        "0 of > 0",
        calls.errors() == 0 && calls.calls() > 0);
  }
}
