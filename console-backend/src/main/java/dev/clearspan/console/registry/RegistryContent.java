package dev.clearspan.console.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.control.ControlStore.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parsed content of the registry. A value that is malformed is ignored and listed; what was
 * known before under its key is kept. Guarded by {@link RegistryView}'s lock.
 */
final class RegistryContent {
  static final Duration DEPARTED_SHOWN = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(RegistryContent.class);
  private static final int MAX_IGNORED = 200;

  private final Clock clock;
  private final Section<InstanceRef, Stored<Instance>> instances = new Section<>();
  private final Section<InstanceRef, Departed> departed = new Section<>();
  private final Section<InstanceRef, Stored<InstanceControl>> controls = new Section<>();
  private final Section<String, Stored<ServicePolicy>> policies = new Section<>();
  private final Section<String, Stored<ForcedBreakers>> forced = new Section<>();
  private final Section<String, Stored<ProcessStatus>> statuses = new Section<>();
  private final Section<String, Stored<AuditEntry>> audit = new Section<>();
  private final Section<RegistryKey.AlertKey, Stored<JsonNode>> alerts = new Section<>();
  private final Section<String, IgnoredValue> ignored = new Section<>();
  private long revision;
  private boolean loaded;
  private RegistrySnapshot latest = RegistrySnapshot.EMPTY;
  private boolean changed;
  private Map<String, Stored<AuditEntry>> auditShown = Map.of();
  private List<Stored<AuditEntry>> auditNewestFirst = List.of();

  RegistryContent(Clock clock) {
    this.clock = clock;
  }

  RegistrySnapshot snapshot() {
    forgetDeparted();
    if (changed) {
      latest =
          new RegistrySnapshot(
              revision,
              loaded,
              instances.copy(),
              departed.copy(),
              controls.copy(),
              policies.copy(),
              forced.copy(),
              statuses.copy(),
              auditNewestFirst(),
              alerts.copy(),
              List.copyOf(ignored.copy().values()),
              new ServiceIndex(instances.copy(), departed.copy(), statuses.copy().values()));
      changed = false;
    }
    return latest;
  }

  private List<Stored<AuditEntry>> auditNewestFirst() {
    Map<String, Stored<AuditEntry>> rows = audit.copy();
    if (rows != auditShown) {
      auditShown = rows;
      auditNewestFirst =
          rows.values().stream()
              .sorted(
                  Comparator.<Stored<AuditEntry>>comparingLong(Stored::createRevision).reversed())
              .toList();
    }
    return auditNewestFirst;
  }

  void reset(List<Entry> entries, long newRevision) {
    Map<InstanceRef, Stored<Instance>> before = instances.copy();
    Stream.of(instances, controls, policies, forced, statuses, audit, alerts, ignored)
        .forEach(Section::clear);
    entries.forEach(this::put);
    Set<InstanceRef> present = instances.copy().keySet();
    before.forEach(
        (ref, last) -> {
          if (!present.contains(ref)) {
            depart(ref, last);
          }
        });
    revision = newRevision;
    loaded = true;
    changed = true;
  }

  /** Takes a value; what listeners should hear of it. */
  List<RegistryEvent> put(Entry entry) {
    revision = Math.max(revision, entry.modRevision());
    changed = true;
    Optional<RegistryKey> key = RegistryKey.parse(entry.key());
    try {
      if (key.isEmpty()) {
        throw new InvalidValueException("no key of this version");
      }
      List<RegistryEvent> events = put(key.get(), entry);
      ignored.remove(entry.key());
      return events;
    } catch (InvalidValueException e) {
      ignore(entry.key(), e.reason());
      return List.of();
    }
  }

  private void ignore(String key, String reason) {
    LOG.warn("registry value {} is ignored: {}", key, reason);
    if (ignored.size() < MAX_IGNORED) {
      ignored.put(key, new IgnoredValue(key, reason));
    }
  }

  private List<RegistryEvent> put(RegistryKey key, Entry entry) throws InvalidValueException {
    String json = entry.value();
    if (key instanceof RegistryKey.InstanceKey instance) {
      instances.put(instance.ref(), stored(Values.instance(instance, json), entry));
      departed.remove(instance.ref());
      return List.of(new RegistryEvent.InstancesChanged(instance.ref().service()));
    } else if (key instanceof RegistryKey.StatusKey status) {
      statuses.put(status.processId(), stored(Values.status(status, json), entry));
      return List.of(new RegistryEvent.StatusChanged(status.processId()));
    } else if (key instanceof RegistryKey.ControlKey control) {
      controls.put(control.ref(), stored(Values.control(control, json), entry));
      return rules(control.ref().service(), entry.key(), entry.modRevision());
    } else if (key instanceof RegistryKey.PolicyKey policy) {
      policies.put(policy.service(), stored(Values.policy(policy, json), entry));
      return rules(policy.service(), entry.key(), entry.modRevision());
    } else if (key instanceof RegistryKey.BreakerKey breaker) {
      forced.put(breaker.service(), stored(Values.forced(breaker, json), entry));
      return rules(breaker.service(), entry.key(), entry.modRevision());
    } else if (key instanceof RegistryKey.AuditKey row) {
      Stored<AuditEntry> added = stored(Values.audit(row, json), entry);
      audit.put(row.id(), added);
      return List.of(new RegistryEvent.AuditAdded(added));
    } else if (key instanceof RegistryKey.AlertKey alert) {
      alerts.put(alert, stored(Values.document(alert, json), entry));
    }
    return List.of();
  }

  /** Forgets a key; what listeners should hear of it. */
  List<RegistryEvent> deleted(String text, long atRevision) {
    revision = Math.max(revision, atRevision);
    changed = true;
    ignored.remove(text);
    return RegistryKey.parse(text).map(key -> deleted(key, atRevision)).orElse(List.of());
  }

  private List<RegistryEvent> deleted(RegistryKey key, long atRevision) {
    if (key instanceof RegistryKey.InstanceKey instance) {
      Stored<Instance> last = instances.remove(instance.ref());
      if (last != null) {
        depart(instance.ref(), last);
      }
      return List.of(new RegistryEvent.InstancesChanged(instance.ref().service()));
    } else if (key instanceof RegistryKey.StatusKey status) {
      statuses.remove(status.processId());
      return List.of(new RegistryEvent.StatusChanged(status.processId()));
    } else if (key instanceof RegistryKey.ControlKey control) {
      controls.remove(control.ref());
      return rules(control.ref().service(), key.text(), atRevision);
    } else if (key instanceof RegistryKey.PolicyKey policy) {
      policies.remove(policy.service());
      return rules(policy.service(), key.text(), atRevision);
    } else if (key instanceof RegistryKey.BreakerKey breaker) {
      forced.remove(breaker.service());
      return rules(breaker.service(), key.text(), atRevision);
    } else if (key instanceof RegistryKey.AuditKey row) {
      audit.remove(row.id());
    } else if (key instanceof RegistryKey.AlertKey alert) {
      alerts.remove(alert);
    }
    return List.of();
  }

  private void depart(InstanceRef ref, Stored<Instance> last) {
    departed.put(ref, new Departed(last.value(), clock.instant()));
  }

  private void forgetDeparted() {
    Instant oldest = clock.instant().minus(DEPARTED_SHOWN);
    new HashMap<>(departed.copy())
        .forEach(
            (ref, gone) -> {
              if (gone.at().isBefore(oldest)) {
                departed.remove(ref);
                changed = true;
              }
            });
  }

  private static List<RegistryEvent> rules(String service, String key, long revision) {
    return List.of(new RegistryEvent.RulesChanged(service, key, revision));
  }

  private static <T> Stored<T> stored(T value, Entry entry) {
    return new Stored<>(value, entry.value(), entry.createRevision(), entry.modRevision());
  }
}
