package dev.clearspan.console.audit;

import dev.clearspan.console.identity.AuditIndex.Link;
import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.control.ControlStore.CommitResult;
import dev.clearspan.rpc.control.ControlStore.Conflict;
import dev.clearspan.rpc.control.ControlStore.Write;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the oldest audit rows when there are too many or they are too old, {@value #BATCH} at a
 * time. A row of its own says so, in the same transaction, with the hash that the first row left
 * follows: so the chain holds on, and whoever is killed in between has removed nothing, or said so.
 * While the chain is broken nothing is removed: the rows are evidence.
 */
public final class AuditPruner implements Runnable {
  public static final int BATCH = 50;

  private static final Logger LOG = LoggerFactory.getLogger(AuditPruner.class);
  private static final int PATIENCE_SECONDS = 5;

  private final ControlStore store;
  private final AuditChain chain;
  private final int kept;
  private final @Nullable AuditAge age;

  /**
   * A pruner.
   *
   * @param kept how many rows stay; there may be {@value #BATCH} more at times
   * @param age which are too old; null: none is
   */
  public AuditPruner(ControlStore store, AuditChain chain, int kept, @Nullable AuditAge age) {
    this.store = store;
    this.chain = chain;
    this.kept = kept;
    this.age = age;
  }

  /** Removes one batch if it is due. Called every second; waits for the registry up to 5 s. */
  @Override
  public void run() {
    if (!store.health().connected()) {
      return;
    }
    if (chain.rows() >= kept + BATCH) {
      if (isWhole()) {
        prune(oldest(), "more than " + kept + " rows");
      }
    } else if (age != null && age.isDue(BATCH) && isWhole()) {
      prune(age.among(oldest()), age.words());
    }
  }

  private boolean isWhole() {
    return chain.state().verdict() == AuditChainState.Verdict.WHOLE;
  }

  private List<Link> oldest() {
    return chain.part(0, BATCH).links();
  }

  private void prune(List<Link> oldest, String why) {
    if (oldest.isEmpty()) {
      return;
    }
    Link last = oldest.get(oldest.size() - 1);
    List<Write> removals =
        oldest.stream()
            .map(link -> new Write(SeenRows.PREFIX + link.id(), null, link.modRevision()))
            .toList();
    AuditEntry row =
        AuditEntry.newBuilder()
            .setAuthor("console")
            .setReason(why + ": the oldest " + oldest.size() + " go")
            .setAction(PruneMark.ACTION)
            .setKey(SeenRows.PREFIX)
            .setAfter(PruneMark.of(last).json())
            .build();
    try {
      CommitResult result =
          store.commit(removals, row).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (result instanceof Conflict conflict) {
        LOG.warn("audit rows were not pruned: {} is not as it was chained", conflict.key());
      } else {
        LOG.info("{} audit rows pruned, up to revision {}", oldest.size(), last.revision());
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("audit rows were not pruned, or it is not known: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
