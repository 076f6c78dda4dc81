package dev.clearspan.console.audit;

import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.registry.Times;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.AuditEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change.
 *
 * @param revision the registry's revision that made it
 * @param before null when there was nothing; so for {@code after}
 */
public record AuditRow(
    String id,
    Instant at,
    String author,
    String action,
    String service,
    String key,
    String reason,
    long revision,
    @Nullable Object before,
    @Nullable Object after) {

  public static AuditRow of(Stored<AuditEntry> stored) {
    AuditEntry entry = stored.value();
    return new AuditRow(
        entry.getId(),
        Times.instant(entry.getAt()),
        entry.getAuthor(),
        entry.getAction(),
        entry.getService(),
        entry.getKey(),
        entry.getReason(),
        stored.createRevision(),
        json(entry.getBefore()),
        json(entry.getAfter()));
  }

  private static @Nullable Object json(String text) {
    return text.isEmpty() ? null : Json.lenient(text);
  }
}
