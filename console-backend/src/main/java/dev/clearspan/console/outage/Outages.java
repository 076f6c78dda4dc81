package dev.clearspan.console.outage;

import dev.clearspan.console.outage.OpenOutage.Key;
import dev.clearspan.console.outage.OpenOutage.Report;
import dev.clearspan.console.registry.RegistryEvent;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.protocol.ProcessStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which instances are out of use, and which were: those that go on, and the newest {@value #KEPT}
 * that are over. From what processes tell in their status, and from keys that vanish; in memory, so
 * it begins with the console. Thread-safe.
 */
public final class Outages {
  static final int KEPT = 1_000;

  /** The registry has a voice, too: beside those of processes. */
  private static final String REGISTRY = "";

  private final RegistryView registry;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, OpenOutage> open = new LinkedHashMap<>(); // guarded by lock
  private final Map<String, Set<Key>> saidBy = new HashMap<>(); // guarded by lock
  private final Deque<Closed> over = new ArrayDeque<>(); // guarded by lock, newest first

  private record Closed(String service, Outage outage) {}

  public Outages(RegistryView registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    registry.onChange(this::changed);
    everything(registry.snapshot());
  }

  /** Those of a service: first what goes on, then what is over, the newest first. */
  public List<Outage> of(String service, int limit) {
    lock.lock();
    try {
      List<Outage> found = new ArrayList<>();
      open.values().stream()
          .filter(outage -> outage.key().service().equals(service))
          .map(outage -> outage.as(null))
          .sorted(Comparator.comparing(Outage::since).reversed())
          .forEach(found::add);
      over.stream()
          .filter(closed -> closed.service().equals(service))
          .map(Closed::outage)
          .forEach(found::add);
      return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    } finally {
      lock.unlock();
    }
  }

  /** Those that go on, by service. */
  public Map<String, List<Outage>> ongoing() {
    lock.lock();
    try {
      Map<String, List<Outage>> found = new HashMap<>();
      open.values()
          .forEach(
              outage ->
                  found
                      .computeIfAbsent(outage.key().service(), service -> new ArrayList<>())
                      .add(outage.as(null)));
      return found;
    } finally {
      lock.unlock();
    }
  }

  private void changed(RegistryEvent event) {
    RegistrySnapshot snapshot = registry.snapshot();
    if (event instanceof RegistryEvent.StatusChanged status) {
      said(status.processId(), reports(snapshot.statuses().get(status.processId())));
    } else if (event instanceof RegistryEvent.InstancesChanged) {
      said(REGISTRY, vanished(snapshot));
    } else if (event instanceof RegistryEvent.Reset) {
      everything(snapshot);
    }
  }

  private void everything(RegistrySnapshot snapshot) {
    said(REGISTRY, vanished(snapshot));
    Set<String> processes = new HashSet<>(snapshot.statuses().keySet());
    processes.addAll(known());
    processes.remove(REGISTRY);
    processes.forEach(process -> said(process, reports(snapshot.statuses().get(process))));
  }

  private Set<String> known() {
    lock.lock();
    try {
      return Set.copyOf(saidBy.keySet());
    } finally {
      lock.unlock();
    }
  }

  private Map<Key, Report> reports(@Nullable Stored<ProcessStatus> status) {
    return status == null ? Map.of() : StatusReports.of(status.value(), clock.instant());
  }

  private static Map<Key, Report> vanished(RegistrySnapshot snapshot) {
    Map<Key, Report> reports = new HashMap<>();
    snapshot
        .departed()
        .forEach(
            (ref, departed) -> {
              if (!departed.drained()) {
                reports.put(
                    new Key(ref.service(), ref.instance(), OutageKind.VANISHED),
                    new Report("its key vanished without a drain mark", departed.at()));
              }
            });
    return reports;
  }

  /** All that this process says now, in place of what it said before. */
  private void said(String process, Map<Key, Report> reports) {
    lock.lock();
    try {
      Set<Key> before = saidBy.getOrDefault(process, Set.of());
      before.stream()
          .filter(key -> !reports.containsKey(key))
          .forEach(key -> takeBack(key, process));
      reports.forEach(
          (key, report) ->
              open.computeIfAbsent(key, fresh -> new OpenOutage(fresh, report))
                  .reportedBy(process));
      if (reports.isEmpty()) {
        saidBy.remove(process);
      } else {
        saidBy.put(process, Set.copyOf(reports.keySet()));
      }
    } finally {
      lock.unlock();
    }
  }

  private void takeBack(Key key, String process) {
    OpenOutage outage = open.get(key);
    if (outage != null && outage.takenBackBy(process)) {
      open.remove(key);
      Instant until = clock.instant();
      over.addFirst(new Closed(key.service(), outage.as(until)));
      if (over.size() > KEPT) {
        over.removeLast();
      }
    }
  }
}
