package dev.clearspan.console.audit;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.AuditEntry;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The audit rows of the registry. Thread-safe. */
public final class AuditTrail {
  private final RegistryView registry;

  public AuditTrail(RegistryView registry) {
    this.registry = registry;
  }

  /**
   * What to look for; null leaves a part open.
   *
   * @param before id of the row after which to go on, for the next page
   */
  public record Search(
      @Nullable String service,
      @Nullable String author,
      @Nullable String action,
      @Nullable String before,
      int limit) {}

  /** The rows that match, newest first. */
  public List<AuditRow> find(Search search) {
    List<Stored<AuditEntry>> all = registry.snapshot().audit();
    return all.subList(start(all, search.before()), all.size()).stream()
        .filter(matches(search))
        .limit(search.limit())
        .map(AuditRow::of)
        .toList();
  }

  private static int start(List<Stored<AuditEntry>> all, @Nullable String before) {
    if (before == null) {
      return 0;
    }
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).value().getId().equals(before)) {
        return i + 1;
      }
    }
    throw ProblemException.invalid(
        "before", "'" + before + "' (expected: the id of an audit row; start again without it)");
  }

  private static Predicate<Stored<AuditEntry>> matches(Search search) {
    return row ->
        isOrOpen(search.service(), row.value().getService())
            && isOrOpen(search.author(), row.value().getAuthor())
            && isOrOpen(search.action(), row.value().getAction());
  }

  private static boolean isOrOpen(@Nullable String wanted, String found) {
    return wanted == null || wanted.equals(found);
  }
}
