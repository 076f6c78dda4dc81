package dev.clearspan.console.events;

import dev.clearspan.console.audit.AuditRow;
import dev.clearspan.console.registry.RegistryEvent;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.web.Json;
import java.io.OutputStream;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when what is pushed: the topology every second, and soon after the registry changed. Many
 * changes at once make one push. One thread computes; nothing is computed that no one listens to.
 */
public final class EventPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);

  /** Changes within this time share one push. */
  private static final long GATHER_MILLIS = 50;

  private static final long TOPOLOGY_MILLIS = 1_000;
  private static final long HEARTBEAT_MILLIS = 2_000;
  private static final long SYSTEM_MILLIS = 5_000;
  private static final long RECHECK_MILLIS = 30_000;

  private final EventSources sources;
  private final Clock clock;
  private final EventHub hub = new EventHub();
  private final AtomicBoolean gathering = new AtomicBoolean();
  private final Map<Topic, String> lastPushed = new EnumMap<>(Topic.class);
  private final Map<String, String> lastAcks = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "console-event-pump");
            thread.setDaemon(true);
            return thread;
          });

  public EventPump(EventSources sources, RegistryView registry, Clock clock) {
    this.sources = sources;
    this.clock = clock;
    registry.onChange(this::changed);
    every(TOPOLOGY_MILLIS, this::pushState);
    every(HEARTBEAT_MILLIS, this::heartbeat);
    every(SYSTEM_MILLIS, () -> push(Topic.SYSTEM, sources::systemNow));
    every(RECHECK_MILLIS, hub::recheck);
  }

  /**
   * Streams events until the reader goes away, does not keep up or may not listen any more,
   * starting with a snapshot of the topics.
   *
   * @return completes when the stream is over
   */
  public CompletableFuture<Void> listen(
      Set<Topic> topics, OutputStream out, BooleanSupplier stillAllowed) {
    return hub.listen(topics, out, stillAllowed, sources.all(topics));
  }

  private void changed(RegistryEvent event) {
    if (event instanceof RegistryEvent.AuditAdded added) {
      run(() -> hub.publish(Topic.AUDIT, EventSources.auditRow(AuditRow.of(added.entry()))));
    }
    if (gathering.compareAndSet(false, true)) {
      try {
        timer.schedule(guarded(this::pushGathered), GATHER_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("stopping, nothing is pushed any more");
      }
    }
  }

  private void pushGathered() {
    gathering.set(false);
    pushState();
  }

  private void pushState() {
    push(Topic.TOPOLOGY, sources::topologyNow);
    pushIfNew(Topic.BREAKERS, sources::breakersNow);
    pushIfNew(Topic.ALERTS, sources::alertsNow);
    pushAcks();
  }

  private interface Source {
    Event now();
  }

  private void push(Topic topic, Source source) {
    if (hub.isWanted(topic)) {
      hub.publish(topic, source.now());
    }
  }

  private void pushIfNew(Topic topic, Source source) {
    if (hub.isWanted(topic)) {
      Event event = source.now();
      if (!event.data().equals(lastPushed.put(topic, event.data()))) {
        hub.publish(topic, event);
      }
    }
  }

  private void pushAcks() {
    if (!hub.isWanted(Topic.ACKS)) {
      return;
    }
    List<Event> events = sources.acksNow();
    lastAcks.keySet().retainAll(events.stream().map(Event::slot).toList());
    for (Event event : events) {
      if (!event.data().equals(lastAcks.put(event.slot(), event.data()))) {
        hub.publish(Topic.ACKS, event);
      }
    }
  }

  private void heartbeat() {
    hub.heartbeat(new Event("heartbeat", "heartbeat", Json.write(Map.of("at", clock.instant()))));
  }

  private void every(long millis, Runnable task) {
    timer.scheduleWithFixedDelay(guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void run(Runnable task) {
    try {
      timer.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping, nothing is pushed any more");
    }
  }

  /** A task that fails once must not end the pushes for ever. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("a push failed", e);
      }
    };
  }

  @Override
  public void close() {
    timer.shutdownNow();
    hub.close();
  }
}
