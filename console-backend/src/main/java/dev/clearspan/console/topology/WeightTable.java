package dev.clearspan.console.topology;

import dev.clearspan.console.registry.InstanceRef;
import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.Reachability;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.EffectiveWeight;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ProcessStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weights of one service's instances. */
final class WeightTable {
  private final RegistrySnapshot registry;
  private final List<ProcessStatus> callers;
  private final Map<String, InstanceState> states;
  private final Instant now;
  private final Map<String, Double> effective = new HashMap<>();
  private final double configuredTotal;
  private final double effectiveTotal;

  WeightTable(
      RegistrySnapshot registry,
      Collection<Instance> instances,
      List<ProcessStatus> callers,
      Map<String, InstanceState> states,
      Instant now) {
    this.registry = registry;
    this.callers = callers;
    this.states = states;
    this.now = now;
    this.configuredTotal = instances.stream().mapToDouble(this::configuredIfUp).sum();
    instances.forEach(each -> effective.put(each.getInstanceId(), averageInForce(each)));
    this.effectiveTotal = effective.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  Weights of(Instance instance, @Nullable Double observedShare) {
    return new Weights(
        configured(instance),
        instance.getWeight(),
        override(instance),
        effective(instance),
        share(configuredIfUp(instance), configuredTotal),
        share(effective(instance), effectiveTotal),
        observedShare);
  }

  private int configured(Instance instance) {
    Integer override = override(instance);
    return override == null ? instance.getWeight() : override;
  }

  private @Nullable Integer override(Instance instance) {
    Stored<InstanceControl> control =
        registry.controls().get(new InstanceRef(instance.getService(), instance.getInstanceId()));
    if (control == null || !control.value().hasWeight()) {
      return null;
    }
    return Overrides.inForce(control.value(), instance, now) ? control.value().getWeight() : null;
  }

  private double configuredIfUp(Instance instance) {
    return states.get(instance.getInstanceId()) == InstanceState.UP ? configured(instance) : 0;
  }

  private double effective(Instance instance) {
    return effective.getOrDefault(instance.getInstanceId(), 0.0);
  }

  /** What callers have in force; without callers, what they would have. */
  private double averageInForce(Instance instance) {
    if (callers.isEmpty()) {
      return configuredIfUp(instance);
    }
    double sum = 0;
    for (ProcessStatus caller : callers) {
      sum += inForce(caller, instance);
    }
    return sum / callers.size();
  }

  private static double inForce(ProcessStatus caller, Instance instance) {
    if (instance.getState() == Instance.State.DRAINING
        || Reachability.report(caller, instance).isPresent()) {
      return 0;
    }
    for (EffectiveWeight weight : caller.getWeightsList()) {
      if (weight.getService().equals(instance.getService())
          && weight.getInstance().equals(instance.getInstanceId())) {
        return weight.getWeight();
      }
    }
    // Of a service that it uses in part a caller names all instances that take its calls.
    boolean isLeftOut = caller.getPartlyUsedList().contains(instance.getService());
    return isLeftOut ? 0 : instance.getWeight();
  }

  private static double share(double part, double total) {
    return total == 0 ? 0 : part / total;
  }
}
