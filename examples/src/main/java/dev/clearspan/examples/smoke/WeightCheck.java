package dev.clearspan.examples.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clearspan.examples.await.Await;
import dev.clearspan.examples.console.ConsoleApi;
import dev.clearspan.examples.console.RedSeries;
import dev.clearspan.examples.console.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A changed weight moves the calls, and every process says that it has applied it. */
public final class WeightCheck implements Check {
  private static final String SERVICE = "inventory";
  private static final String CALLER = "orders";
  private static final String INSTANCE = "inventory-1";
  private static final String REASON = "smoke check";
  private static final int WEIGHT = 300;
  private static final long CALLS = 2_000;
  private static final double POINTS = 0.03;
  private static final long PATIENCE_SECONDS = 90;

  private final ConsoleApi api;
  private final Tempo tempo;

  public WeightCheck(ConsoleApi api, Tempo tempo) {
    this.api = api;
    this.tempo = tempo;
  }

  @Override
  public String title() {
    return "A weight is changed under smooth weighted round robin";
  }

  @Override
  public void run(Consumer<Finding> findings) {
    findings.accept(Acknowledged.of(api, tempo, SERVICE, chooseBalancer()));
    findings.accept(
        Acknowledged.of(api, tempo, SERVICE, api.putWeight(SERVICE, INSTANCE, WEIGHT, REASON)));
    Instant from = Clock.nextFreshStep();
    RedSeries counted = awaitCalls(from);
    findings.accept(Finding.atLeast("attempts counted after the last ack", counted.calls(), CALLS));
    List<Topology.Instance> instances = upInstances();
    for (Topology.Instance instance : instances) {
      findings.accept(share(instance, counted));
    }
    findings.accept(Finding.atLeast("instances compared", instances.size(), 2));
    findings.accept(
        Acknowledged.of(api, tempo, SERVICE, api.liftControl(SERVICE, INSTANCE, REASON)));
  }

  private long chooseBalancer() {
    JsonNode document = api.policy(SERVICE);
    ObjectNode policy =
        document.path("policy").isObject()
            ? document.path("policy").deepCopy()
            : ((ObjectNode) document).objectNode();
    policy
        .withObject("/service/balancer")
        .put("algorithm", "SMOOTH_WEIGHTED_ROUND_ROBIN")
        .put("slowStart", "0s");
    return api.putPolicy(SERVICE, policy, document.path("revision").asLong(), REASON);
  }

  private RedSeries awaitCalls(Instant from) {
    return Await.answer(
            tempo.patience(PATIENCE_SECONDS),
            () -> Optional.of(attempts(from)).filter(this::isEnough))
        .orElseGet(() -> attempts(from));
  }

  private boolean isEnough(RedSeries counted) {
    return counted.calls() >= CALLS;
  }

  private RedSeries attempts(Instant from) {
    return api.red(SERVICE, CALLER, "instance", from);
  }

  private List<Topology.Instance> upInstances() {
    return api.topology().instances(SERVICE).stream()
        .filter(instance -> instance.state().equals("up"))
        .toList();
  }

  private static Finding share(Topology.Instance instance, RedSeries counted) {
    double configured = instance.weight().configuredShare();
    long calls =
        counted.series().stream()
            .filter(series -> instance.id().equals(series.key().get("instance")))
            .mapToLong(RedSeries.Series::calls)
            .sum();
    double observed = counted.calls() == 0 ? 0 : (double) calls / counted.calls();
    return Finding.holds(
        instance.id() + ": observed share against configured",
        percent(observed) + " of " + percent(configured),
        "within " + percent(POINTS),
        Math.abs(observed - configured) <= POINTS);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }
}
