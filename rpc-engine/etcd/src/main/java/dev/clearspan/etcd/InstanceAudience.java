package dev.clearspan.etcd;

import dev.clearspan.rpc.discovery.InstanceSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to know the instances of one service. Loop-only. */
final class InstanceAudience {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceAudience.class);

  private final String service;
  private final Set<Delivery<InstanceSet>> listeners = new LinkedHashSet<>();

  InstanceAudience(String service) {
    this.service = service;
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  void add(Delivery<InstanceSet> listener) {
    listeners.add(listener);
  }

  void remove(Delivery<InstanceSet> listener) {
    listeners.remove(listener);
  }

  void tell(InstanceSet set) {
    List.copyOf(listeners).forEach(listener -> tell(listener, set));
  }

  /** Tells one; its failure is its own. */
  void tell(Delivery<InstanceSet> listener, InstanceSet set) {
    try {
      listener.deliver(set);
    } catch (RuntimeException e) {
      LOG.error("a listener of the instances of {} failed", service, e);
    }
  }
}
