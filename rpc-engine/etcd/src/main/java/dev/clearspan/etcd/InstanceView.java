package dev.clearspan.etcd;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.InstanceSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service as clients should see them. A key that vanishes without a drain mark
 * proves only that a lease ended, which a stalled registry does to healthy instances; so such an
 * instance stays, as a suspect, until it returns, its address is taken over, or ten minutes pass.
 * Loop-only; the methods that change the view return whether they did.
 */
final class InstanceView {
  static final Duration SUSPECT_LIMIT = Duration.ofMinutes(10);
  private static final int MAX_INSTANCES = 20_000;

  private final String service;
  private final RegistryValues values;
  private final IgnoredValues ignored;
  private final TreeMap<String, Instance> instances = new TreeMap<>();
  private final Map<String, Long> suspectSince = new HashMap<>();

  InstanceView(String service, RegistryValues values, IgnoredValues ignored) {
    this.service = service;
    this.values = values;
    this.ignored = ignored;
  }

  boolean put(String id, Stored stored) {
    Parsed<Instance> parsed = values.instance(stored, service, id);
    if (parsed instanceof Parsed.Invalid<Instance> invalid) {
      ignored.add(stored, invalid.reason());
      return false;
    }
    if (instances.size() >= MAX_INSTANCES && !instances.containsKey(id)) {
      ignored.add(stored, "instances: more than " + MAX_INSTANCES + " of one service");
      return false;
    }
    ignored.clear(stored.key());
    Instance instance = ((Parsed.Valid<Instance>) parsed).message();
    boolean replacedSuspects = removeSuspectsAt(instance);
    boolean wasSuspect = suspectSince.remove(id) != null;
    Instance before = instances.put(id, instance);
    return replacedSuspects || wasSuspect || !instance.equals(before);
  }

  /** A key is gone; {@code wanted} tells that an operator or the instance itself wanted that. */
  boolean deleted(String id, boolean wanted, long nowNanos) {
    Instance last = instances.get(id);
    if (last == null) {
      return false;
    }
    if (wanted || last.getState() == Instance.State.DRAINING) {
      return drop(id);
    }
    return suspectSince.putIfAbsent(id, nowNanos) == null;
  }

  /** The whole content as listed. What is missing is treated as deleted. */
  boolean reset(Map<String, Stored> listed, Predicate<String> wanted, long nowNanos) {
    boolean changed = false;
    for (var entry : listed.entrySet()) {
      changed |= put(entry.getKey(), entry.getValue());
    }
    Set<String> missing = new HashSet<>(instances.keySet());
    missing.removeAll(listed.keySet());
    for (String id : missing) {
      changed |= deleted(id, wanted.test(id), nowNanos);
    }
    return changed;
  }

  boolean expireSuspects(long nowNanos) {
    List<String> expired =
        suspectSince.entrySet().stream()
            .filter(entry -> nowNanos - entry.getValue() >= SUSPECT_LIMIT.toNanos())
            .map(Map.Entry::getKey)
            .toList();
    expired.forEach(this::drop);
    return !expired.isEmpty();
  }

  /** Time until the first suspect expires; empty without suspects. */
  OptionalLong nanosToExpiry(long nowNanos) {
    return suspectSince.values().stream()
        .mapToLong(since -> SUSPECT_LIMIT.toNanos() - (nowNanos - since))
        .min();
  }

  /** What the registry holds for the instance now; null for a suspect or an unknown one. */
  @Nullable Instance live(String id) {
    return suspectSince.containsKey(id) ? null : instances.get(id);
  }

  InstanceSet toSet(long revision) {
    return new InstanceSet(
        service, revision, List.copyOf(instances.values()), suspectSince.keySet());
  }

  Map<String, Instance> all() {
    return instances;
  }

  private boolean drop(String id) {
    suspectSince.remove(id);
    ignored.clear(Keyspace.instanceKey(service, id));
    return instances.remove(id) != null;
  }

  private boolean removeSuspectsAt(Instance newcomer) {
    List<String> superseded =
        suspectSince.keySet().stream()
            .filter(id -> !id.equals(newcomer.getInstanceId()) && sameAddress(id, newcomer))
            .toList();
    superseded.forEach(this::drop);
    return !superseded.isEmpty();
  }

  private boolean sameAddress(String suspect, Instance newcomer) {
    Instance last = instances.get(suspect);
    return last != null
        && last.getPort() == newcomer.getPort()
        && last.getHost().equals(newcomer.getHost());
  }
}
