package dev.clearspan.console.registry;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.protocol.ForcedBreaker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When what is forced now was forced: the audit rows hold each document that ever stood. */
public final class ForcingHistory {
  private final RegistrySnapshot registry;

  public ForcingHistory(RegistrySnapshot registry) {
    this.registry = registry;
  }

  /** Since when the entry stands as it is; null when no row tells. */
  public @Nullable Instant since(String service, ForcedBreaker entry) {
    RegistryKey.BreakerKey key = new RegistryKey.BreakerKey(service);
    Instant since = null;
    for (Stored<AuditEntry> row : registry.audit()) {
      AuditEntry change = row.value();
      if (change.getKey().equals(key.text())) {
        if (!holds(key, change.getAfter(), entry)) {
          return since;
        }
        since = Times.instant(change.getAt());
      }
    }
    return since;
  }

  private static boolean holds(RegistryKey.BreakerKey key, String document, ForcedBreaker entry) {
    try {
      return !document.isEmpty() && Values.forced(key, document).getForcedList().contains(entry);
    } catch (InvalidValueException e) {
      return false;
    }
  }
}
