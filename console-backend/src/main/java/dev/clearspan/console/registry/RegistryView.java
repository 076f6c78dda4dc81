package dev.clearspan.console.registry;

import dev.clearspan.rpc.control.ControlStore;
import dev.clearspan.rpc.discovery.Subscription;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registry and keeps what it says, also while it is unreachable. Thread-safe: the
 * store's thread writes, any thread takes snapshots; both hold the lock only for copying.
 */
public final class RegistryView implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryView.class);

  private final ControlStore store;
  private final RegistryContent content;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<RegistryEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Subscription subscription;

  public RegistryView(ControlStore store, Clock clock) {
    this.store = store;
    this.content = new RegistryContent(clock);
    this.subscription = store.follow("", new Follower());
  }

  /** What is known now; empty until the registry was read once. */
  public RegistrySnapshot snapshot() {
    lock.lock();
    try {
      return content.snapshot();
    } finally {
      lock.unlock();
    }
  }

  /** The state of the connection to the registry. */
  public ControlStore.Health health() {
    return store.health();
  }

  /** Calls the listener after every change, on the registry's thread. It must not block. */
  public void onChange(Consumer<RegistryEvent> listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    subscription.close();
  }

  private void tell(List<RegistryEvent> events) {
    for (RegistryEvent event : events) {
      for (Consumer<RegistryEvent> listener : listeners) {
        try {
          listener.accept(event);
        } catch (RuntimeException e) {
          LOG.error("a listener failed on {}", event.getClass().getSimpleName(), e);
        }
      }
    }
  }

  private final class Follower implements ControlStore.Listener {
    @Override
    public void reset(List<ControlStore.Entry> entries, long revision) {
      lock.lock();
      try {
        content.reset(entries, revision);
      } finally {
        lock.unlock();
      }
      tell(List.of(new RegistryEvent.Reset()));
    }

    @Override
    public void put(ControlStore.Entry entry) {
      List<RegistryEvent> events;
      lock.lock();
      try {
        events = content.put(entry);
      } finally {
        lock.unlock();
      }
      tell(events);
    }

    @Override
    public void deleted(String key, long revision) {
      List<RegistryEvent> events;
      lock.lock();
      try {
        events = content.deleted(key, revision);
      } finally {
        lock.unlock();
      }
      tell(events);
    }
  }
}
