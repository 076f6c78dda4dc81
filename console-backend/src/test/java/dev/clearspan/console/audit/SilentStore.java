package dev.clearspan.console.audit;

import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A registry that has not answered yet. */
final class SilentStore implements ControlStore {
  @Override
  public Subscription follow(String prefix, Listener listener) {
    return () -> {};
  }

  @Override
  public CompletionStage<@Nullable Entry> read(String key) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletionStage<CommitResult> commit(List<Write> writes, AuditEntry audit) {
    return new CompletableFuture<>();
  }

  @Override
  public Health health() {
    return new Health(false, 0, 0, "has not answered yet");
  }

  @Override
  public void close() {}
}
