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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weights of one service's instances. */
final class WeightTable {
  private final RegistrySnapshot registry;
  private final List<ProcessStatus> callers;
  private final Map<String, InstanceState> states;
  private final Instant now;
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
    this.effectiveTotal = instances.stream().mapToDouble(this::effective).sum();
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

  /** What callers have in force; without callers, what they would have. */
  private double effective(Instance instance) {
    return callers.stream()
        .mapToDouble(caller -> inForce(caller, instance))
        .average()
        .orElse(configuredIfUp(instance));
  }

  private static double inForce(ProcessStatus caller, Instance instance) {
    if (instance.getState() == Instance.State.DRAINING
        || Reachability.report(caller, instance).isPresent()) {
      return 0;
    }
    return caller.getWeightsList().stream()
        .filter(weight -> weight.getService().equals(instance.getService()))
        .filter(weight -> weight.getInstance().equals(instance.getInstanceId()))
        .mapToDouble(EffectiveWeight::getWeight)
        .findFirst()
        .orElse(isPartlyUsed(caller, instance) ? 0 : instance.getWeight());
  }

  /** Of such a service a caller names all instances that take its calls. */
  private static boolean isPartlyUsed(ProcessStatus caller, Instance instance) {
    return caller.getPartlyUsedList().contains(instance.getService());
  }

  private static double share(double part, double total) {
    return total == 0 ? 0 : part / total;
  }
}
