package dev.clearspan.etcd;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.discovery.Registration;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One registered instance: what should stand in etcd, and the writes that make it so. It is written
 * again whenever the process has a new lease or the watch shows something else under its key, for
 * ever. One write is in flight at a time, so that an older value never follows a newer one.
 *
 * <p>State is loop-only; the methods of {@link Registration} are thread-safe.
 */
final class LeasedInstance implements Registration, ServiceFeed.Observer {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedInstance.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Connection connection;
  private final ProcessLease lease;
  private final Consumer<LeasedInstance> onClose;
  private final String key;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1));

  private Instance wanted;
  private @Nullable Instance written;
  private long writtenLease;
  private long writtenRevision;
  private boolean writing;
  private boolean replaced;
  private boolean draining;
  private boolean ended;
  private @Nullable Scheduled retry;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean registered;

  LeasedInstance(
      Instance instance,
      Connection connection,
      ProcessLease lease,
      Consumer<LeasedInstance> onClose) {
    wanted = instance;
    this.connection = connection;
    this.lease = lease;
    this.onClose = onClose;
    key = Keyspace.instanceKey(instance.getService(), instance.getInstanceId());
  }

  String service() {
    return wanted.getService();
  }

  @Override
  public boolean isRegistered() {
    return registered;
  }

  @Override
  public void drain() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    connection.loop().execute(() -> relay(startDraining(), done));
    await(done, "drain mark of " + key);
  }

  @Override
  public void ready(boolean ready) {
    connection
        .loop()
        .execute(
            () -> {
              if (!draining) {
                wanted =
                    wanted.toBuilder()
                        .setState(ready ? Instance.State.UP : Instance.State.DRAINING)
                        .build();
                reconcile();
              }
            });
  }

  @Override
  public void close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    connection.loop().execute(() -> relay(end(), done));
    await(done, "deregistration of " + key);
  }

  /** Writes what is wanted if etcd is not known to hold it. */
  void reconcile() {
    boolean upToDate = wanted.equals(written) && lease.id() == writtenLease;
    registered = upToDate;
    if (upToDate || writing || ended || replaced || lease.id() == 0) {
      return;
    }
    write(wanted, lease.id());
  }

  /** Drains, then deletes the key if it still holds our value. Loop-only. */
  CompletableFuture<Void> end() {
    if (ended) {
      return CompletableFuture.completedFuture(null);
    }
    if (written == null && !writing) {
      return delete();
    }
    CompletableFuture<Void> deleted = new CompletableFuture<>();
    var unused =
        startDraining()
            .copy()
            .orTimeout(PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS)
            .whenCompleteAsync((ignored, failure) -> relay(delete(), deleted), connection.loop());
    return deleted;
  }

  @Override
  public void settled(ServiceFeed feed) {
    if (written == null || writing || ended || feed.revision() < writtenRevision) {
      return;
    }
    Instance held = feed.live(wanted.getInstanceId());
    if (wanted.equals(held)) {
      return;
    }
    if (held == null && feed.isEjected(wanted.getInstanceId())) {
      registered = false;
      return;
    }
    if (held != null && isYounger(held)) {
      replaced = true;
      LOG.warn("{} was taken over by a younger process ({}); leaving it", key, held.getHost());
      registered = false;
      return;
    }
    replaced = false;
    LOG.info("{} was {} by somebody else; writing it again", key, held == null ? "deleted" : "set");
    written = null;
    reconcile();
  }

  private boolean isYounger(Instance held) {
    return !held.getIncarnation().equals(wanted.getIncarnation())
        && held.getStarted().getSeconds() * 1_000_000_000L + held.getStarted().getNanos()
            > wanted.getStarted().getSeconds() * 1_000_000_000L + wanted.getStarted().getNanos();
  }

  private CompletableFuture<Void> startDraining() {
    draining = true;
    wanted = wanted.toBuilder().setState(Instance.State.DRAINING).build();
    if (wanted.equals(written) && lease.id() == writtenLease) {
      return CompletableFuture.completedFuture(null);
    }
    reconcile();
    return drained;
  }

  private void write(Instance value, long underLease) {
    writing = true;
    ByteSequence json = Keyspace.bytes(JsonValues.print(value));
    PutOption option = PutOption.builder().withLeaseId(underLease).build();
    connection.call(
        client -> client.getKVClient().put(connection.keys().absolute(key), json, option),
        (response, failure) -> {
          writing = false;
          if (ended) {
            written = value;
            var unused = delete();
          } else if (failure == null) {
            wrote(value, underLease, response.getHeader().getRevision());
          } else {
            writeFailed(failure);
          }
        });
  }

  private void wrote(Instance value, long underLease, long revision) {
    written = value;
    writtenLease = underLease;
    writtenRevision = revision;
    backoff.reset();
    if (value.getState() == Instance.State.DRAINING) {
      drained.complete(null);
    }
    reconcile();
  }

  private void writeFailed(Throwable failure) {
    LOG.debug("cannot write {}: {}; trying on", key, Failures.describe(failure));
    registered = false;
    if (retry != null) {
      retry.cancel();
    }
    retry = connection.loop().schedule(this::reconcile, backoff.nextNanos());
  }

  private CompletableFuture<Void> delete() {
    ended = true;
    registered = false;
    onClose.accept(this);
    if (written == null) {
      return CompletableFuture.completedFuture(null);
    }
    ByteSequence at = connection.keys().absolute(key);
    ByteSequence ours = Keyspace.bytes(JsonValues.print(written));
    return connection
        .call(
            client ->
                client
                    .getKVClient()
                    .txn()
                    .If(new Cmp(at, Cmp.Op.EQUAL, CmpTarget.value(ours)))
                    .Then(Op.delete(at, DeleteOption.DEFAULT))
                    .commit())
        .thenAccept(response -> {});
  }

  private static void relay(CompletableFuture<Void> from, CompletableFuture<Void> to) {
    var unused =
        from.whenComplete(
            (ignored, failure) -> {
              if (failure == null) {
                to.complete(null);
              } else {
                to.completeExceptionally(failure);
              }
            });
  }

  private static void await(CompletableFuture<Void> done, String what) {
    try {
      done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("etcd has not confirmed the {}: {}", what, Failures.describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
