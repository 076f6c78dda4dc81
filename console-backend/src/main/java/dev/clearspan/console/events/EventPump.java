package dev.clearspan.console.events;

import dev.clearspan.console.audit.AuditRow;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryEvent;
import dev.clearspan.console.registry.RegistryView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when what is pushed: what is new in the topology every second, and soon after the
 * registry changed. Many changes at once make one push. One thread computes and hands out; nothing
 * is computed that no one listens to.
 */
public final class EventPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);

  /** Changes within this time share one push, */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** and within this many times what the last push took: pushes leave the machine to others. */
  private static final int GATHER_PUSHES = 4;

  private static final long MAX_GATHER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long TOPOLOGY_MILLIS = 1_000;
  private static final long HEARTBEAT_MILLIS = 2_000;
  private static final long SYSTEM_MILLIS = 5_000;
  private static final long RECHECK_MILLIS = 30_000;
  private static final long SNAPSHOT_SECONDS = 10;

  private final EventSources sources;
  private final Clock clock;
  private final EventHub hub = new EventHub();
  private final AtomicBoolean gathering = new AtomicBoolean();
  private volatile long gatherNanos = GATHER_NANOS;
  private final Map<Topic, String> lastPushed = new EnumMap<>(Topic.class);
  private final Map<String, String> lastAcks = new ConcurrentHashMap<>();
  private final TopologyPushes topology;
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
    topology = new TopologyPushes(sources::topologyNow);
    registry.onChange(this::changed);
    every(TOPOLOGY_MILLIS, this::pushState);
    every(HEARTBEAT_MILLIS, this::heartbeat);
    every(SYSTEM_MILLIS, () -> push(Topic.SYSTEM, sources::systemNow));
    every(RECHECK_MILLIS, hub::recheck);
  }

  /**
   * Streams events until the reader goes away, does not keep up or may not listen any more: what it
   * missed, if it was here just now, else a snapshot of its topics, and then what is new.
   *
   * @return completes when the stream is over
   */
  public CompletableFuture<Void> listen(Listener listener) {
    try {
      return CompletableFuture.supplyAsync(
              () -> hub.listen(listener, () -> snapshot(listener.topics())), timer)
          .orTimeout(SNAPSHOT_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (RejectedExecutionException e) {
      throw ProblemException.unavailable("this console is stopping");
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw e;
    }
  }

  private List<Event> snapshot(Set<Topic> topics) {
    List<Event> events = new ArrayList<>();
    if (topics.contains(Topic.TOPOLOGY)) {
      if (!hub.isWanted(Topic.TOPOLOGY)) {
        pushTopology(); // the last push may be long ago
      }
      events.add(topology.whole());
    }
    events.addAll(sources.all(topics));
    return events;
  }

  private void changed(RegistryEvent event) {
    if (event instanceof RegistryEvent.AuditAdded added) {
      run(() -> hub.publish(Topic.AUDIT, EventSources.auditRow(AuditRow.of(added.entry()))));
    }
    if (gathering.compareAndSet(false, true)) {
      try {
        timer.schedule(guarded(this::pushGathered), gatherNanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("stopping, nothing is pushed any more");
      }
    }
  }

  private void pushGathered() {
    gathering.set(false);
    long began = System.nanoTime();
    pushState();
    long wait = GATHER_PUSHES * (System.nanoTime() - began);
    gatherNanos = Math.min(MAX_GATHER_NANOS, Math.max(GATHER_NANOS, wait));
  }

  private void pushState() {
    if (hub.isWanted(Topic.TOPOLOGY)) {
      pushTopology();
    }
    pushIfNew(Topic.BREAKERS, sources::breakersNow);
    pushIfNew(Topic.ALERTS, sources::alertsNow);
    pushAcks();
  }

  /** All readers know the topology of the last push; this brings them to that of now. */
  private void pushTopology() {
    topology.next().ifPresent(event -> hub.publish(Topic.TOPOLOGY, event));
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
    hub.heartbeat(Map.of("at", clock.instant()));
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
