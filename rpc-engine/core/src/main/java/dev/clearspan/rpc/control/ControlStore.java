package dev.clearspan.rpc.control;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The operators' side of the registry: sees every key of one environment and changes rules by
 * compare-and-set, each change with its audit row in the same transaction. Thread-safe. Keys are
 * relative to the environment's prefix, such as {@code svc/orders/ctl/policy}.
 */
public interface ControlStore extends AutoCloseable {
  /**
   * Follows all keys below a prefix. Listener calls come in order, never concurrently; the first is
   * {@link Listener#reset}. After a gap (compaction, lost leader) the store lists again and tells
   * the difference to what it told before, or calls {@code reset} with the whole content.
   */
  Subscription follow(String prefix, Listener listener);

  /** Reads one key; null when there is none. Fails within 2 s when the registry is unreachable. */
  CompletionStage<@Nullable Entry> read(String key);

  /**
   * Applies all writes and stores the audit row, or nothing. At most 60 writes.
   *
   * <p>Completes with {@link Committed} or {@link Conflict}; completes exceptionally with {@link
   * RegistryUnavailableException} when the registry did not answer within 2 s, in which case the
   * change may or may not have happened and the caller must read before it retries.
   */
  CompletionStage<CommitResult> commit(List<Write> writes, AuditEntry audit);

  /** What is known of the connection to the registry, for health pages. */
  Health health();

  @Override
  void close();

  /** A key's content. {@code value} is JSON text, not trusted. */
  record Entry(String key, String value, long createRevision, long modRevision, boolean leased) {}

  /**
   * One compare-and-set.
   *
   * @param key relative key
   * @param value new JSON text; null deletes
   * @param expectedRevision mod revision the key must have; 0: the key must not exist; -1: any
   */
  record Write(String key, @Nullable String value, long expectedRevision) {}

  sealed interface CommitResult permits Committed, Conflict {}

  record Committed(long revision) implements CommitResult {}

  /** Nothing was written: the key's revision was another; {@code current} is null if absent. */
  record Conflict(String key, @Nullable Entry current) implements CommitResult {}

  /**
   * State of the registry connection.
   *
   * @param connected whether the last operation succeeded
   * @param revision newest revision seen
   * @param ageMillis time since the registry was last heard from
   * @param detail what is wrong, or empty
   */
  record Health(boolean connected, long revision, long ageMillis, String detail) {}

  /** Follows a prefix. */
  interface Listener {
    /** The whole content as of a revision; replaces everything known. */
    void reset(List<Entry> entries, long revision);

    void put(Entry entry);

    void deleted(String key, long revision);
  }
}
