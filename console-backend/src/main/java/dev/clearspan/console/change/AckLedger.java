package dev.clearspan.console.change;

import dev.clearspan.console.registry.RegistryEvent;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.AuditEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Proves which processes have a change in force. A process says in its status document up to which
 * revision it has applied a service's rules; the ledger remembers for the last {@value #CAPACITY}
 * changes when each process first said so. Thread-safe.
 */
public final class AckLedger {
  private static final int CAPACITY = 500;

  private final RegistryView registry;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ChangeRef, TrackedChange> changes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChangeRef, TrackedChange> eldest) {
          return size() > CAPACITY;
        }
      };

  /** A change of a service's rules. */
  public record ChangeRef(String service, long revision) {}

  public AckLedger(RegistryView registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    registry.onChange(this::accept);
  }

  /** Who has applied a change; any revision may be asked for, also one of another service. */
  public Acks acks(String service, long revision) {
    RegistrySnapshot snapshot = registry.snapshot();
    Instant committedAt = committedAt(snapshot, revision);
    lock.lock();
    try {
      TrackedChange change = changes.get(new ChangeRef(service, revision));
      AckRows rows = new AckRows(snapshot, service, revision, clock.instant());
      return Acks.of(service, revision, committedAt, rows.of(change, committedAt));
    } finally {
      lock.unlock();
    }
  }

  /** The newest revision at which rules of the service changed; 0 when none ever did. */
  public long latestRevision(String service) {
    RegistrySnapshot snapshot = registry.snapshot();
    long audited =
        snapshot.audit().stream()
            .filter(row -> row.value().getService().equals(service))
            .mapToLong(Stored::createRevision)
            .findFirst()
            .orElse(0);
    lock.lock();
    try {
      long seen =
          changes.keySet().stream()
              .filter(change -> change.service().equals(service))
              .mapToLong(ChangeRef::revision)
              .max()
              .orElse(0);
      long policy =
          snapshot.rule(new RegistryKey.PolicyKey(service)).map(Stored::revision).orElse(0L);
      return Math.max(audited, Math.max(seen, policy));
    } finally {
      lock.unlock();
    }
  }

  /** Changes made less than this long ago. */
  public List<ChangeRef> recent(Duration age) {
    Instant oldest = clock.instant().minus(age);
    lock.lock();
    try {
      return changes.entrySet().stream()
          .filter(change -> change.getValue().seenAt().isAfter(oldest))
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private void accept(RegistryEvent event) {
    if (event instanceof RegistryEvent.RulesChanged change) {
      track(new ChangeRef(change.service(), change.revision()));
    } else if (event instanceof RegistryEvent.StatusChanged status) {
      heard(status.processId());
    } else if (event instanceof RegistryEvent.Reset) {
      registry.snapshot().statuses().keySet().forEach(this::heard);
    }
  }

  private void track(ChangeRef ref) {
    RegistrySnapshot snapshot = registry.snapshot();
    lock.lock();
    try {
      changes.computeIfAbsent(ref, key -> TrackedChange.of(snapshot, ref, clock.instant()));
    } finally {
      lock.unlock();
    }
  }

  private void heard(String processId) {
    RegistrySnapshot snapshot = registry.snapshot();
    var status = snapshot.statuses().get(processId);
    if (status == null) {
      return;
    }
    lock.lock();
    try {
      changes.forEach((ref, change) -> change.heard(status.value(), ref, clock.instant()));
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable Instant committedAt(RegistrySnapshot snapshot, long revision) {
    for (Stored<AuditEntry> row : snapshot.audit()) {
      if (row.createRevision() == revision) {
        return Times.instant(row.value().getAt());
      }
      if (row.createRevision() < revision) {
        return null;
      }
    }
    return null;
  }
}
