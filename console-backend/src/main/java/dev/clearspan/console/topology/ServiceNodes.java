package dev.clearspan.console.topology;

import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.registry.Departed;
import dev.clearspan.console.registry.InstanceRef;
import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.Reachability;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.registry.Times;
import dev.clearspan.console.registry.Unreachable;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ProcessStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes the nodes of a topology. */
final class ServiceNodes {
  private final RegistrySnapshot registry;
  private final Traffic traffic;
  private final BreakerBoard breakers;
  private final Instant now;
  private final Set<String> services;
  private final Reachability reachability;
  private final Map<String, Sum> callsOfService;
  private final Map<InstanceRef, Sum> attemptsOfInstance;

  ServiceNodes(RegistrySnapshot registry, Traffic traffic, BreakerBoard breakers, Instant now) {
    this.registry = registry;
    this.traffic = traffic;
    this.breakers = breakers;
    this.now = now;
    this.services = registry.services();
    this.reachability = new Reachability(registry);
    this.callsOfService = traffic.callsBy(CallTotals::service);
    this.attemptsOfInstance =
        traffic.attemptsBy(row -> new InstanceRef(row.service(), row.instance()));
  }

  ServiceNode node(String service) {
    Sum calls = callsOfService.getOrDefault(service, Sum.NONE);
    List<InstanceNode> instances = instances(service);
    boolean serves = !instances.isEmpty() || services.contains(service);
    return new ServiceNode(
        service,
        serves || calls.calls() > 0 ? "service" : "client",
        Health.of(calls).or(health(instances, serves)),
        calls.red(traffic.window()),
        instances,
        registry.processesOf(service),
        breakers.counts(service));
  }

  /** A service that no instance serves is bad; one that misses some deserves a look. */
  private static Health health(List<InstanceNode> instances, boolean serves) {
    if (!serves) {
      return Health.UNKNOWN;
    }
    if (instances.stream().noneMatch(node -> node.state() == InstanceState.UP)) {
      return Health.BAD;
    }
    boolean allWell =
        instances.stream()
            .allMatch(
                node -> node.state() == InstanceState.UP || node.state() == InstanceState.DRAINING);
    return allWell ? Health.UNKNOWN : Health.WARN;
  }

  private List<InstanceNode> instances(String service) {
    SortedMap<String, Instance> instances = registry.instancesOf(service);
    List<ProcessStatus> callers = reachability.callersOf(service);
    Map<String, InstanceState> states = new HashMap<>();
    instances.forEach((id, instance) -> states.put(id, state(instance, callers)));
    WeightTable weights = new WeightTable(registry, instances.values(), callers, states, now);
    long attempts =
        instances.values().stream().mapToLong(instance -> attempts(instance).calls()).sum();
    return instances.values().stream()
        .map(
            instance -> {
              Sum own = attempts(instance);
              Double observed = attempts == 0 ? null : (double) own.calls() / attempts;
              return new InstanceNode(
                  instance.getInstanceId(),
                  states.getOrDefault(instance.getInstanceId(), InstanceState.GONE),
                  reachability.of(instance, callers).orElse(null),
                  instance.getHost(),
                  instance.getPort(),
                  instance.getZone(),
                  instance.getVersion(),
                  Times.instantOrNull(instance.hasStarted(), instance.getStarted()),
                  weights.of(instance, observed),
                  own.red(traffic.window()));
            })
        .toList();
  }

  private Sum attempts(Instance instance) {
    return attemptsOfInstance.getOrDefault(ref(instance), Sum.NONE);
  }

  private InstanceState state(Instance instance, List<ProcessStatus> callers) {
    Unreachable reported = reachability.of(instance, callers).orElse(null);
    Departed departed = registry.departed().get(ref(instance));
    if (departed != null) {
      return departedState(departed, reported);
    }
    if (reported != null && reported.unanimous()) {
      return InstanceState.GONE;
    }
    InstanceControl control = controlInForce(instance);
    if (control.getEject()) {
      return InstanceState.EJECTED;
    }
    if (reported != null) {
      return InstanceState.SUSPECT;
    }
    boolean draining = control.getDrain() || instance.getState() == Instance.State.DRAINING;
    return draining ? InstanceState.DRAINING : InstanceState.UP;
  }

  /** A key may vanish though the instance lives: as long as calls succeed it is only suspect. */
  private InstanceState departedState(Departed departed, @Nullable Unreachable reported) {
    Sum attempts = attempts(departed.instance());
    boolean answers = attempts.calls() > attempts.errors();
    return departed.drained() || reported != null || !answers
        ? InstanceState.GONE
        : InstanceState.SUSPECT;
  }

  private InstanceControl controlInForce(Instance instance) {
    Stored<InstanceControl> control = registry.controls().get(ref(instance));
    return control != null && Overrides.inForce(control.value(), instance, now)
        ? control.value()
        : InstanceControl.getDefaultInstance();
  }

  private static InstanceRef ref(Instance instance) {
    return new InstanceRef(instance.getService(), instance.getInstanceId());
  }
}
