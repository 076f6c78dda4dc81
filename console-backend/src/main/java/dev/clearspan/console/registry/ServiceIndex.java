package dev.clearspan.console.registry;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.ProcessStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a snapshot holds of each service, found without a look at all of it. Made once for each
 * snapshot. Immutable.
 */
final class ServiceIndex {
  static final ServiceIndex EMPTY = new ServiceIndex(Map.of(), Map.of(), List.of());

  private final Map<String, SortedMap<String, Instance>> instances = new HashMap<>();
  private final Map<String, List<ProcessStatus>> callers = new HashMap<>();
  private final Map<String, Integer> processes = new HashMap<>();
  private final SortedMap<String, SortedSet<String>> callees = new TreeMap<>();

  ServiceIndex(
      Map<InstanceRef, Stored<Instance>> present,
      Map<InstanceRef, Departed> departed,
      Collection<Stored<ProcessStatus>> statuses) {
    departed.forEach((ref, gone) -> add(ref, gone.instance()));
    present.forEach((ref, stored) -> add(ref, stored.value()));
    for (Stored<ProcessStatus> stored : statuses) {
      ProcessStatus status = stored.value();
      processes.merge(status.getService(), 1, Integer::sum);
      callees
          .computeIfAbsent(status.getService(), key -> new TreeSet<>())
          .addAll(status.getCallsList());
      for (String callee : status.getCallsList()) {
        callers.computeIfAbsent(callee, key -> new ArrayList<>()).add(status);
      }
    }
  }

  private void add(InstanceRef ref, Instance instance) {
    instances.computeIfAbsent(ref.service(), key -> new TreeMap<>()).put(ref.instance(), instance);
  }

  SortedMap<String, Instance> instancesOf(String service) {
    SortedMap<String, Instance> found = instances.get(service);
    return found == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(found);
  }

  List<ProcessStatus> callersOf(String service) {
    return Collections.unmodifiableList(callers.getOrDefault(service, List.of()));
  }

  /** Whom processes of each name call. */
  SortedMap<String, SortedSet<String>> callees() {
    return Collections.unmodifiableSortedMap(callees);
  }

  /** Names of services that have instances, or had a minute ago. */
  Set<String> withInstances() {
    return Collections.unmodifiableSet(instances.keySet());
  }

  int processesOf(String service) {
    return processes.getOrDefault(service, 0);
  }
}
