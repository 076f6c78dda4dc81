package dev.clearspan.console.invoke;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.InstanceRef;
import dev.clearspan.console.registry.Overrides;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a call may go to: the one that is asked for, however it is, or some that take
 * calls, by their weights.
 */
record Candidates(RegistrySnapshot registry, Instant now, RandomGenerator random) {
  /** As many as a call makes attempts. */
  static final int MOST = 3;

  private static final int WEIGHT = 100;

  /** The instance as the registry has it now. */
  Instance one(String service, String id) {
    SortedMap<String, Instance> present = present(service);
    Instance found = present.get(id);
    if (found == null) {
      throw ProblemException.notFound(
          "There is no instance '%s' of %s (instances: %s)"
              .formatted(id, service, String.join(", ", present.keySet())));
    }
    // It is called though it is drained, or has no weight: that is what was asked for.
    return found.toBuilder().setState(Instance.State.UP).setWeight(WEIGHT).build();
  }

  /**
   * Up to three that take calls, drawn by weight from those that have the same contract as the
   * newest that takes calls.
   */
  List<Instance> drawn(String service) {
    List<Instance> open = new ArrayList<>();
    for (Instance instance : present(service).values()) {
      InstanceControl control = control(service, instance);
      boolean out = control != null && (control.getDrain() || control.getEject());
      if (instance.getState() != Instance.State.DRAINING && !out) {
        open.add(
            control != null && control.hasWeight()
                ? instance.toBuilder().setWeight(control.getWeight()).build()
                : instance);
      }
    }
    if (open.isEmpty()) {
      throw ProblemException.conflict(
          "No instance of " + service + " takes calls now (expected: one; name it to call it).");
    }
    return draw(sameContract(open));
  }

  private static List<Instance> sameContract(List<Instance> open) {
    Instance newest = open.get(0);
    for (Instance each : open) {
      boolean described = !each.getDescriptorHash().isEmpty();
      boolean later = each.getStarted().getSeconds() > newest.getStarted().getSeconds();
      if (described && (later || newest.getDescriptorHash().isEmpty())) {
        newest = each;
      }
    }
    String hash = newest.getDescriptorHash();
    return open.stream().filter(each -> each.getDescriptorHash().equals(hash)).toList();
  }

  private List<Instance> draw(List<Instance> from) {
    List<Instance> left = new ArrayList<>(from);
    List<Instance> drawn = new ArrayList<>();
    while (drawn.size() < MOST && !left.isEmpty()) {
      long total = left.stream().mapToLong(Instance::getWeight).sum();
      long ticket = total == 0 ? 0 : random.nextLong(total);
      int winner = 0;
      while (ticket >= left.get(winner).getWeight() && winner < left.size() - 1) {
        ticket -= left.get(winner).getWeight();
        winner++;
      }
      drawn.add(left.remove(winner));
    }
    return drawn;
  }

  private @Nullable InstanceControl control(String service, Instance instance) {
    Stored<InstanceControl> stored =
        registry.controls().get(new InstanceRef(service, instance.getInstanceId()));
    return stored != null && Overrides.inForce(stored.value(), instance, now)
        ? stored.value()
        : null;
  }

  private SortedMap<String, Instance> present(String service) {
    SortedMap<String, Instance> present = new TreeMap<>();
    registry
        .instances()
        .forEach(
            (ref, stored) -> {
              if (ref.service().equals(service)) {
                present.put(ref.instance(), stored.value());
              }
            });
    return present;
  }
}
