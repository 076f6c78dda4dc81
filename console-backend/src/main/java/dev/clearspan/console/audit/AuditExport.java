package dev.clearspan.console.audit;

import dev.clearspan.console.identity.AuditIndex.Link;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.AuditEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Audit rows with their hashes, for somebody else to compute again: docs/security.md says how.
 *
 * @param rows in the order of the chain
 */
public record AuditExport(List<Row> rows) {
  /** What an export may hold in one answer; the next one goes on after its last row. */
  private static final long MOST_CHARACTERS = 16 << 20;

  public AuditExport {
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param value as it is in the registry; null if it is not there or cannot be read
   * @param previous hash of the row before
   */
  public record Row(
      long position,
      long revision,
      String id,
      @Nullable String value,
      String previous,
      String hash) {}

  /**
   * The rows after a position.
   *
   * @param limit at most so many; fewer if they are large
   */
  public static AuditExport of(AuditChain chain, RegistryView registry, long after, int limit) {
    Map<String, String> values = new HashMap<>();
    for (Stored<AuditEntry> stored : registry.snapshot().audit()) {
      values.put(stored.value().getId(), stored.json());
    }
    List<Row> rows = new ArrayList<>();
    long characters = 0;
    AuditChain.Part part = chain.part(after, limit);
    String previous = part.previous();
    for (Link link : part.links()) {
      String value = values.get(link.id());
      characters += value == null ? 0 : value.length();
      if (characters > MOST_CHARACTERS && !rows.isEmpty()) {
        break;
      }
      rows.add(new Row(link.position(), link.revision(), link.id(), value, previous, link.hash()));
      previous = link.hash();
    }
    return new AuditExport(rows);
  }
}
