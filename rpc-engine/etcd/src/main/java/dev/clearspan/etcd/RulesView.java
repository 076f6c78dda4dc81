package dev.clearspan.etcd;

import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.RefusedDocument;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.discovery.RegistryNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one service: for each document the last good value, and for those refused the reason
 * why. Loop-only; the methods that change the view return whether they did.
 */
final class RulesView {
  private static final String POLICY = "policy";
  private static final String BREAKER = "breaker";
  private static final String INSTANCE = "instance/";
  private static final int MAX_CONTROLS = 20_000;

  private final String service;
  private final RegistryValues values;
  private final IgnoredValues ignored;
  private final Map<String, Stored> good = new HashMap<>();
  private final Map<String, RefusedDocument> refused = new TreeMap<>();
  private final Map<String, InstanceControl> controls = new HashMap<>();
  private ServicePolicy policy = ServicePolicy.getDefaultInstance();
  private ForcedBreakers forced = ForcedBreakers.getDefaultInstance();
  private List<String> ignoredFields = List.of();

  RulesView(String service, RegistryValues values, IgnoredValues ignored) {
    this.service = service;
    this.values = values;
    this.ignored = ignored;
  }

  /** Takes a document; {@code name} is its key below {@code ctl/}. */
  boolean put(String name, Stored stored) {
    if (name.equals(POLICY)) {
      return take(stored, name, values.policy(stored), this::setPolicy);
    }
    if (name.equals(BREAKER)) {
      return take(stored, name, values.breakers(stored), valid -> forced = valid.message());
    }
    String id = controlledInstance(name);
    if (id == null || (controls.size() >= MAX_CONTROLS && !controls.containsKey(id))) {
      return false;
    }
    return take(stored, name, values.control(stored), valid -> controls.put(id, valid.message()));
  }

  boolean deleted(String name) {
    boolean wasGood = good.remove(name) != null;
    boolean wasRefused = refused.remove(name) != null;
    if (!wasGood && !wasRefused) {
      return false;
    }
    ignored.clear(key(name));
    if (name.equals(POLICY)) {
      policy = ServicePolicy.getDefaultInstance();
      ignoredFields = List.of();
    } else if (name.equals(BREAKER)) {
      forced = ForcedBreakers.getDefaultInstance();
    } else {
      controls.remove(name.substring(INSTANCE.length()));
    }
    return true;
  }

  boolean reset(Map<String, Stored> listed) {
    boolean changed = false;
    for (var entry : listed.entrySet()) {
      changed |= put(entry.getKey(), entry.getValue());
    }
    Set<String> missing = new HashSet<>(good.keySet());
    missing.addAll(refused.keySet());
    missing.removeAll(listed.keySet());
    for (String name : missing) {
      changed |= deleted(name);
    }
    return changed;
  }

  /** Whether an operator has put the instance out, as of the wall clock's time. */
  boolean isEjected(String instanceId, Instant now) {
    InstanceControl control = controls.get(instanceId);
    return control != null
        && control.getEject()
        && (!control.hasExpiresAt() || control.getExpiresAt().getSeconds() > now.getEpochSecond());
  }

  ServiceRules toRules(long revision) {
    List<String> reasons =
        refused.values().stream().map(doc -> doc.getKey() + ": " + doc.getReason()).toList();
    return new ServiceRules(service, revision, policy, controls, forced, reasons, ignoredFields);
  }

  List<RefusedDocument> refused() {
    return List.copyOf(refused.values());
  }

  List<String> ignoredFields() {
    return ignoredFields;
  }

  /** The documents in force, as stored, by their names. */
  Map<String, Stored> good() {
    return good;
  }

  private <M> boolean take(
      Stored stored, String name, Parsed<M> parsed, Consumer<Parsed.Valid<M>> apply) {
    if (parsed instanceof Parsed.Valid<M> valid) {
      boolean wasRefused = refused.remove(name) != null;
      Stored before = good.put(name, stored);
      ignored.clear(stored.key());
      apply.accept(valid);
      return wasRefused || before == null || !before.value().equals(stored.value());
    }
    String reason = ((Parsed.Invalid<M>) parsed).reason();
    ignored.add(stored, reason);
    RefusedDocument refusal =
        RefusedDocument.newBuilder()
            .setKey(stored.key())
            .setRevision(stored.modRevision())
            .setReason(reason)
            .build();
    return !refusal.equals(refused.put(name, refusal));
  }

  private void setPolicy(Parsed.Valid<ServicePolicy> valid) {
    policy = valid.message();
    ignoredFields = valid.ignoredFields();
  }

  private static @Nullable String controlledInstance(String name) {
    if (!name.startsWith(INSTANCE)) {
      return null;
    }
    String id = name.substring(INSTANCE.length());
    return RegistryNames.isInstanceId(id) ? id : null;
  }

  private String key(String name) {
    return Keyspace.servicePrefix(service) + "ctl/" + name;
  }
}
