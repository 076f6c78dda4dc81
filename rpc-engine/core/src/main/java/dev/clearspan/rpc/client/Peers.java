package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.balance.Subset;
import dev.clearspan.rpc.discovery.Discovery;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.discovery.Subscription;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows this process' place among the instances of its own service, so that their subsets are
 * spaced evenly. One that serves nothing has no such place. Watches only while somebody wants to
 * know. Thread-safe.
 */
final class Peers implements AutoCloseable {
  private final @Nullable Discovery discovery;
  private final ProcessIdentity identity;
  private final Consumer<Subset> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Subscription watch;
  private boolean watching;

  /** {@code listener} hears of every change. */
  Peers(@Nullable Discovery discovery, ProcessIdentity identity, Consumer<Subset> listener) {
    this.discovery = discovery;
    this.identity = identity;
    this.listener = listener;
  }

  /** Begins to watch, or ends it. */
  void follow(boolean wanted) {
    if (discovery == null || !begins(wanted)) {
      return;
    }
    if (wanted) {
      keep(discovery.watch(identity.service(), this::heard));
    } else {
      keep(null);
    }
  }

  @Override
  public void close() {
    follow(false);
  }

  private boolean begins(boolean wanted) {
    lock.lock();
    try {
      boolean news = watching != wanted;
      watching = wanted;
      return news;
    } finally {
      lock.unlock();
    }
  }

  private void keep(@Nullable Subscription next) {
    Subscription surplus;
    lock.lock();
    try {
      surplus = watching || next == null ? watch : next;
      watch = watching ? next : null;
    } finally {
      lock.unlock();
    }
    if (surplus != null) {
      surplus.close();
    }
  }

  private void heard(InstanceSet set) {
    List<String> up =
        set.instances().stream()
            .filter(instance -> instance.getState() != Instance.State.DRAINING)
            .map(Instance::getIncarnation)
            .toList();
    int own = up.indexOf(identity.processId());
    listener.accept(own < 0 ? Subset.anywhere(identity.processId()) : Subset.among(own, up.size()));
  }
}
