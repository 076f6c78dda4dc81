package dev.clearspan.etcd;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.AuditEntry;
import java.time.Instant;

/** Completes audit entries by what only the store knows. */
final class AuditRows {
  private AuditRows() {}

  /** The entry with an id and a time; those it has already are kept. */
  static AuditEntry complete(AuditEntry entry, Ulid ids) {
    AuditEntry.Builder row = entry.toBuilder();
    if (row.getId().isEmpty()) {
      row.setId(ids.next());
    }
    if (!row.hasAt()) {
      Instant now = Instant.now();
      row.setAt(Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
    }
    return row.build();
  }
}
