package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.balance.Subset;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.discovery.InstanceSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The endpoints of a channel: one for each registered instance that is {@link Selection selected}.
 * Guarded by the directory's lock.
 */
final class WorkingSet {
  private final EndpointOpener opener;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private final Selection selection;
  private ServiceRules rules;
  private List<Instance> registered = List.of();
  private Set<String> suspects = Set.of();
  private boolean known;
  private boolean settling;
  private boolean unsettled;

  WorkingSet(ChannelSettings settings, EndpointOpener opener, ServiceRules rules) {
    this.opener = opener;
    this.selection = new Selection(settings, endpoints);
    this.rules = rules;
  }

  Collection<Endpoint> endpoints() {
    return endpoints.values();
  }

  /** Whether discovery has told anything yet. */
  boolean isKnown() {
    return known;
  }

  /**
   * Discovery's news. An empty set is more likely a registry in trouble than a service without
   * instances, and one without a revision is only a disk snapshot that knew nothing: neither takes
   * anything away but what was leaving.
   */
  void instances(InstanceSet set) {
    if (set.instances().isEmpty() && (!endpoints.isEmpty() || set.revision() == 0)) {
      registered =
          registered.stream()
              .filter(instance -> instance.getState() != Instance.State.DRAINING)
              .toList();
      suspects = registered.stream().map(Instance::getInstanceId).collect(Collectors.toSet());
      settle();
      return;
    }
    registered = set.instances();
    suspects = set.suspects();
    settle();
    known = true;
  }

  /** The operators' news. */
  void rules(ServiceRules news) {
    boolean wasPartial = selection.isPartial(rules);
    rules = news;
    if (wasPartial || selection.isPartial(rules)) {
      settle();
    }
  }

  /** Where this client stands among all clients of the service. */
  void stand(Subset subset) {
    selection.stand(subset);
    reachabilityChanged();
  }

  /** Some endpoint can be reached that could not be, or the reverse. */
  void reachabilityChanged() {
    if (selection.isPartial(rules)) {
      settle();
    }
  }

  void close() {
    endpoints.values().forEach(endpoint -> endpoint.connection().close());
    endpoints.clear();
  }

  /**
   * Makes the endpoints those of the selected instances. A connection that fails while it is opened
   * changes the selection: then once more.
   */
  private void settle() {
    unsettled = true;
    if (settling) {
      return;
    }
    settling = true;
    try {
      while (unsettled) {
        unsettled = false;
        retireBut(putSelected());
      }
    } finally {
      settling = false;
    }
  }

  private Set<String> putSelected() {
    Set<String> present = new HashSet<>();
    selection
        .of(registered, rules)
        .forEach(
            (instance, share) -> {
              present.add(instance.getInstanceId());
              Endpoint endpoint = put(instance);
              Endpoint.Condition condition = endpoint.condition();
              condition.instance = instance;
              condition.share = share;
              suspected(endpoint, suspects.contains(instance.getInstanceId()));
            });
    return present;
  }

  /** A suspect is asked whether it lives before a call finds out. */
  private static void suspected(Endpoint endpoint, boolean suspect) {
    if (suspect != endpoint.condition().suspect) {
      endpoint.condition().suspect = suspect;
      endpoint.connection().probe(suspect);
    }
  }

  private void retireBut(Set<String> present) {
    List<Endpoint> gone =
        endpoints.values().stream().filter(each -> !present.contains(each.id())).toList();
    gone.forEach(
        endpoint -> {
          endpoints.remove(endpoint.id());
          endpoint.retire();
        });
  }

  private Endpoint put(Instance instance) {
    Endpoint present = endpoints.get(instance.getInstanceId());
    if (present != null && present.isSameAs(instance)) {
      return present;
    }
    if (present != null) {
      present.retire();
    }
    Endpoint fresh = opener.open(instance, known);
    endpoints.put(fresh.id(), fresh);
    return fresh;
  }
}
