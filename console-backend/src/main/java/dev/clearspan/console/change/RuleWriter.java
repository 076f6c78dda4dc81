package dev.clearspan.console.change;

import dev.clearspan.console.problem.Problem;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Times;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.control.ControlStore.CommitResult;
import dev.clearspan.rpc.control.ControlStore.Committed;
import dev.clearspan.rpc.control.ControlStore.Conflict;
import dev.clearspan.rpc.control.ControlStore.Write;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes rules: all edits of a change and its audit row in one transaction, or nothing.
 * Thread-safe; waits for the registry up to 3 s.
 */
public final class RuleWriter {
  private static final int TRIES = 5;

  private final ControlStore store;
  private final RegistryView registry;
  private final Clock clock;

  public RuleWriter(ControlStore store, RegistryView registry, Clock clock) {
    this.store = store;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Makes a change.
   *
   * @param key what the audit row names as changed
   * @throws ProblemException 409 when a key has not the revision expected, with what it holds; 503
   *     when the registry does not answer
   */
  ChangeResult write(String action, String service, String key, List<Edit> edits, Cause cause) {
    Map<String, Present> known = new HashMap<>();
    edits.forEach(edit -> known.put(edit.key().text(), present(edit)));
    for (int attempt = 1; ; attempt++) {
      Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      List<Write> writes = writes(edits, known);
      AuditEntry audit = audit(action, service, key, writes, known, cause, at);
      CommitResult result = RegistryWait.on(store.commit(writes, audit));
      if (result instanceof Committed committed) {
        return new ChangeResult(service, committed.revision(), audit.getId(), at);
      }
      Conflict conflict = (Conflict) result;
      if (attempt == TRIES || edit(edits, conflict.key()).expected().isPresent()) {
        throw conflict(conflict);
      }
      known.put(conflict.key(), Present.of(conflict.current()));
    }
  }

  /** Replaces the value of one key that has the expected revision; null deletes it. */
  public ChangeResult write(
      String action,
      String service,
      RegistryKey key,
      long expected,
      @Nullable String value,
      Cause cause) {
    List<Edit> edits = List.of(Edit.to(key, OptionalLong.of(expected), value));
    return write(action, service, key.text(), edits, cause);
  }

  /** Replaces the value of one key that has the expected revision by what is made of it. */
  public ChangeResult rewrite(
      String action, String service, RegistryKey key, long expected, Rewrite change, Cause cause) {
    List<Edit> edits = List.of(new Edit(key, OptionalLong.of(expected), change));
    return write(action, service, key.text(), edits, cause);
  }

  /** Makes the new value of a key from the present one. */
  @FunctionalInterface
  public interface Rewrite {
    /** The new JSON text, null to delete; {@code present} is null when there is none. */
    @Nullable String apply(@Nullable String present);
  }

  private static Edit edit(List<Edit> edits, String key) {
    return edits.stream()
        .filter(edit -> edit.key().text().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("conflict on a key not written: " + key));
  }

  /** The snapshot's word unless the sender has seen something else: then the registry's own. */
  private Present present(Edit edit) {
    Present seen =
        registry
            .snapshot()
            .rule(edit.key())
            .map(stored -> new Present(stored.json(), stored.revision()))
            .orElse(Present.NONE);
    boolean agrees = edit.expected().isEmpty() || edit.expected().getAsLong() == seen.revision();
    return agrees ? seen : Present.of(RegistryWait.on(store.read(edit.key().text())));
  }

  private static List<Write> writes(List<Edit> edits, Map<String, Present> known) {
    List<Write> writes = new ArrayList<>();
    for (Edit edit : edits) {
      Present present = known.getOrDefault(edit.key().text(), Present.NONE);
      String value = edit.rewrite().apply(present.json());
      checkSize(edit.key(), value);
      writes.add(new Write(edit.key().text(), value, edit.expected().orElse(present.revision())));
    }
    return writes;
  }

  private static void checkSize(RegistryKey key, @Nullable String value) {
    int bytes = value == null ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > key.maxBytes()) {
      throw ProblemException.invalid(
          key instanceof RegistryKey.PolicyKey
              ? "policy"
              : key instanceof RegistryKey.AlertKey ? "rule" : "reason",
          "with it the document has "
              + bytes
              + " bytes (expected: at most "
              + key.maxBytes()
              + "); shorten it");
    }
  }

  private static AuditEntry audit(
      String action,
      String service,
      String key,
      List<Write> writes,
      Map<String, Present> known,
      Cause cause,
      Instant at) {
    AuditEntry.Builder entry =
        AuditEntry.newBuilder()
            .setId(Ulid.at(at))
            .setAt(Times.timestamp(at))
            .setAuthor(cause.author())
            .setReason(cause.reason())
            .setAction(action)
            .setService(service)
            .setKey(key);
    if (writes.size() == 1) {
      Present before = known.getOrDefault(writes.get(0).key(), Present.NONE);
      return entry
          .setAfter(text(writes.get(0).value()))
          .setBefore(text(before.json()))
          .setReplacedRevision(before.revision())
          .build();
    }
    return entry
        .setAfter(together(writes, Write::value))
        .setBefore(together(writes, write -> known.getOrDefault(write.key(), Present.NONE).json()))
        .build();
  }

  private static String text(@Nullable String json) {
    return json == null ? "" : json;
  }

  /** The values of several keys as one object; what is absent is null. */
  private static String together(List<Write> writes, ValueOf valueOf) {
    StringBuilder all = new StringBuilder("{");
    for (Write write : writes) {
      all.append(all.length() == 1 ? "" : ",")
          .append(Json.write(write.key()))
          .append(':')
          .append(valueOf.apply(write));
    }
    return all.append('}').toString();
  }

  private interface ValueOf {
    @Nullable String apply(Write write);
  }

  private static ProblemException conflict(Conflict conflict) {
    ControlStore.Entry current = conflict.current();
    long revision = current == null ? 0 : current.modRevision();
    return ProblemException.conflict(
        conflict.key()
            + " is at revision "
            + revision
            + " now (0: there is none). Look at it, and repeat the change with If-Match: \""
            + revision
            + "\".",
        new Problem.Current(revision, current == null ? null : Json.lenient(current.value())));
  }

  /** What a key holds. */
  private record Present(@Nullable String json, long revision) {
    static final Present NONE = new Present(null, 0);

    static Present of(ControlStore.@Nullable Entry entry) {
      return entry == null ? NONE : new Present(entry.value(), entry.modRevision());
    }
  }
}
