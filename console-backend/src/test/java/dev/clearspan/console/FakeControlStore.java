package dev.clearspan.console;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A registry that says what a test wants it to say, at once. Not thread-safe. */
public final class FakeControlStore implements ControlStore {
  private final List<Listener> listeners = new ArrayList<>();
  private long revision;

  public long put(String key, String value) {
    revision++;
    Entry entry = new Entry(key, value, revision, revision, false);
    listeners.forEach(listener -> listener.put(entry));
    return revision;
  }

  /** Writes over a key that was made at that revision. */
  public long rewrite(String key, String value, long createRevision) {
    revision++;
    Entry entry = new Entry(key, value, createRevision, revision, false);
    listeners.forEach(listener -> listener.put(entry));
    return revision;
  }

  public long delete(String key) {
    revision++;
    listeners.forEach(listener -> listener.deleted(key, revision));
    return revision;
  }

  public void reset(Entry... entries) {
    listeners.forEach(listener -> listener.reset(List.of(entries), revision));
  }

  @Override
  public Subscription follow(String prefix, Listener listener) {
    listeners.add(listener);
    listener.reset(List.of(), revision);
    return () -> listeners.remove(listener);
  }

  @Override
  public CompletionStage<@Nullable Entry> read(String key) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<CommitResult> commit(List<Write> writes, AuditEntry audit) {
    return CompletableFuture.completedFuture(new Committed(++revision));
  }

  @Override
  public Health health() {
    return new Health(true, revision, 0, "");
  }

  @Override
  public void close() {
    listeners.clear();
  }
}
