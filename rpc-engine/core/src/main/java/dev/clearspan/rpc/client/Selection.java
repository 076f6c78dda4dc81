package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.rpc.balance.Subset;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.policy.PolicyLayers;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the registered instances a client connects to: all of them, or its {@link Subset} as the
 * policy says. One that cannot be reached is kept, so that it is noticed when it comes back, and
 * another one takes its place. Guarded by the directory's lock.
 */
final class Selection {
  private final ChannelSettings settings;
  private final Map<String, Endpoint> endpoints;
  private Subset subset;

  /** A selection beside these endpoints, by instance. */
  Selection(ChannelSettings settings, Map<String, Endpoint> endpoints) {
    this.settings = settings;
    this.endpoints = endpoints;
    this.subset = Subset.anywhere(settings.identity().processId());
  }

  /** Where the client stands among all clients. */
  void stand(Subset value) {
    subset = value;
  }

  boolean isPartial(ServiceRules rules) {
    return size(rules) > 0;
  }

  /** The instances to have endpoints for, with the part of each that is this client's. */
  Map<Instance, Double> of(List<Instance> instances, ServiceRules rules) {
    Instant now = settings.wallClock().instant();
    Map<String, Instance> up = new LinkedHashMap<>();
    Map<Instance, Double> selected = new LinkedHashMap<>();
    for (Instance instance : instances) {
      if (instance.getState() != Instance.State.DRAINING) {
        up.put(instance.getInstanceId(), instance);
      } else if (!isPartial(rules) || endpoints.containsKey(instance.getInstanceId())) {
        selected.put(instance, 1.0);
      }
    }
    Set<String> usable = new HashSet<>();
    up.forEach(
        (id, instance) -> {
          if (isUsable(instance, rules.controls().get(id), now)) {
            usable.add(id);
          }
        });
    Map<String, Double> chosen =
        subset.choose(List.copyOf(up.keySet()), size(rules), usable::contains);
    up.forEach(
        (id, instance) -> {
          Double share = chosen.get(id);
          if (share != null) {
            selected.put(instance, share);
          }
        });
    return selected;
  }

  private int size(ServiceRules rules) {
    return PolicyLayers.resolve(rules.policy(), settings.policy(), "").balancer().subset();
  }

  private boolean isUsable(Instance instance, @Nullable InstanceControl control, Instant now) {
    Endpoint endpoint = endpoints.get(instance.getInstanceId());
    if (endpoint != null && endpoint.isSameAs(instance)) {
      return Verdict.of(endpoint.condition(), control, now) instanceof Verdict.Usable;
    }
    return control == null
        || !Verdict.isInForce(control, instance, now)
        || !control.getDrain() && !control.getEject();
  }
}
