package dev.clearspan.console.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The registry at one moment. Immutable.
 *
 * @param revision newest revision contained
 * @param loaded whether the registry was read at least once since the console started
 * @param departed instances whose key vanished less than a minute ago
 * @param audit newest first
 * @param alerts rules and silences of alerts, as they are stored
 * @param ignored values that are not used, and why
 * @param index the same by service
 */
public record RegistrySnapshot(
    long revision,
    boolean loaded,
    Map<InstanceRef, Stored<Instance>> instances,
    Map<InstanceRef, Departed> departed,
    Map<InstanceRef, Stored<InstanceControl>> controls,
    Map<String, Stored<ServicePolicy>> policies,
    Map<String, Stored<ForcedBreakers>> forced,
    Map<String, Stored<ProcessStatus>> statuses,
    List<Stored<AuditEntry>> audit,
    Map<RegistryKey.AlertKey, Stored<JsonNode>> alerts,
    List<IgnoredValue> ignored,
    ServiceIndex index) {

  static final RegistrySnapshot EMPTY =
      new RegistrySnapshot(
          0,
          false,
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          List.of(),
          Map.of(),
          List.of(),
          ServiceIndex.EMPTY);

  /** Services with an instance now or a minute ago, or that someone calls, or that have rules. */
  public SortedSet<String> services() {
    SortedSet<String> names = new TreeSet<>(index.withInstances());
    controls.keySet().forEach(ref -> names.add(ref.service()));
    names.addAll(policies.keySet());
    names.addAll(forced.keySet());
    index.callees().values().forEach(names::addAll);
    return names;
  }

  /** Present and departed instances of a service, by id. */
  public SortedMap<String, Instance> instancesOf(String service) {
    return index.instancesOf(service);
  }

  /** Whom processes call, by the name of their own service. */
  public SortedMap<String, SortedSet<String>> callees() {
    return index.callees();
  }

  /** How many processes bear the name of the service. */
  public int processesOf(String service) {
    return index.processesOf(service);
  }

  /** The stored value of a rule: a policy, an override, the forced breakers, or of alerts. */
  public Optional<Stored<?>> rule(RegistryKey key) {
    if (key instanceof RegistryKey.PolicyKey policy) {
      return Optional.ofNullable(policies.get(policy.service()));
    } else if (key instanceof RegistryKey.ControlKey control) {
      return Optional.ofNullable(controls.get(control.ref()));
    } else if (key instanceof RegistryKey.BreakerKey breaker) {
      return Optional.ofNullable(forced.get(breaker.service()));
    } else if (key instanceof RegistryKey.AlertKey alert) {
      return Optional.ofNullable(alerts.get(alert));
    }
    return Optional.empty();
  }

  /** Status documents of processes that hold a channel to the service. */
  public List<ProcessStatus> callersOf(String service) {
    return index.callersOf(service);
  }
}
