package dev.clearspan.etcd;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.RefusedDocument;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything a process hears of one service, instances and rules, through one watch that all
 * listeners share. Starts from the disk snapshot, continues from etcd, and acknowledges the rules
 * once all listeners have taken them. Loop-only.
 */
final class ServiceFeed implements PrefixFollower.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceFeed.class);
  private static final Duration SNAPSHOT_DELAY = Duration.ofSeconds(1);
  private static final String INST = "inst/";
  private static final String CTL = "ctl/";

  /** Looks at the feed after each step. */
  interface Observer {
    void settled(ServiceFeed feed);
  }

  private final String service;
  private final FeedContext context;
  private final Loop loop;
  private final String prefix;
  private final InstanceView instances;
  private final RulesView rules;
  private final PrefixFollower follower;
  private final Set<Delivery<InstanceSet>> instanceListeners = new LinkedHashSet<>();
  private final Set<Delivery<ServiceRules>> ruleListeners = new LinkedHashSet<>();
  private final Set<Observer> observers = new LinkedHashSet<>();

  private boolean known;
  private boolean fromEtcd;
  private boolean stopped;
  private long revision;
  private long snapshotRevision;
  private long appliedRevision;
  private Instant appliedAt = Instant.EPOCH;
  private @Nullable RefusedDocument thrown;
  private @Nullable Scheduled snapshotTimer;
  private @Nullable Scheduled expiryTimer;

  ServiceFeed(String service, FeedContext context) {
    this.service = service;
    this.context = context;
    loop = context.connection().loop();
    prefix = Keyspace.servicePrefix(service);
    instances = new InstanceView(service, context.values(), context.ignored());
    rules = new RulesView(service, context.values(), context.ignored());
    follower = new PrefixFollower(context.connection(), prefix, this);
  }

  void start() {
    context
        .connection()
        .pool()
        .execute(
            () -> {
              var snapshot = context.snapshots().read(service);
              loop.execute(() -> snapshot.ifPresent(this::remember));
            });
    follower.start();
  }

  /** Ends the feed; the future completes when what it knew is on disk. */
  CompletableFuture<Void> stop() {
    stopped = true;
    follower.stop();
    cancel(expiryTimer);
    context.acknowledgements().remove(service);
    if (snapshotTimer == null) {
      return CompletableFuture.completedFuture(null);
    }
    snapshotTimer.cancel();
    return writeSnapshot();
  }

  boolean isUnused() {
    return instanceListeners.isEmpty() && ruleListeners.isEmpty() && observers.isEmpty();
  }

  void addInstances(Delivery<InstanceSet> listener) {
    instanceListeners.add(listener);
    if (known) {
      deliver(listener, instances.toSet(fromEtcd ? revision : 0));
    }
  }

  void addRules(Delivery<ServiceRules> listener) {
    ruleListeners.add(listener);
    if (known) {
      publishRules(Set.of(listener), true);
    }
  }

  void add(Observer observer) {
    observers.add(observer);
  }

  void removeInstances(Delivery<InstanceSet> listener) {
    instanceListeners.remove(listener);
  }

  void removeRules(Delivery<ServiceRules> listener) {
    ruleListeners.remove(listener);
    if (ruleListeners.isEmpty()) {
      context.acknowledgements().remove(service);
    }
  }

  void remove(Observer observer) {
    observers.remove(observer);
  }

  long revision() {
    return revision;
  }

  /** What etcd holds for the instance; null if nothing. */
  @Nullable Instance live(String instanceId) {
    return fromEtcd ? instances.live(instanceId) : null;
  }

  boolean isEjected(String instanceId) {
    return rules.isEjected(instanceId, Instant.now());
  }

  @Override
  public void reset(List<Stored> entries, long atRevision) {
    Map<String, Stored> listedInstances = below(INST, entries);
    boolean snapshotOutdated =
        !fromEtcd && (!listedInstances.isEmpty() || atRevision < snapshotRevision);
    boolean instancesChanged =
        instances.reset(
            listedInstances, id -> snapshotOutdated || isEjected(id), System.nanoTime());
    boolean rulesChanged = rules.reset(below(CTL, entries));
    boolean first = !fromEtcd;
    fromEtcd = true;
    settle(instancesChanged || first, rulesChanged || first, atRevision);
  }

  @Override
  public void changed(List<PrefixFollower.Change> changes, long atRevision) {
    boolean instancesChanged = false;
    boolean rulesChanged = false;
    for (PrefixFollower.Change change : changes) {
      String name = change.key().substring(prefix.length());
      if (name.startsWith(INST)) {
        instancesChanged |= applyInstance(name.substring(INST.length()), change.now());
      } else if (name.startsWith(CTL)) {
        rulesChanged |= applyRule(name.substring(CTL.length()), change.now());
      }
    }
    settle(instancesChanged, rulesChanged, atRevision);
  }

  @Override
  public void confirmed(long atRevision) {
    revision = atRevision;
    publishRules(ruleListeners, false);
    context.board().changed();
    notifyObservers();
  }

  private boolean applyInstance(String id, @Nullable Stored now) {
    return now == null
        ? instances.deleted(id, isEjected(id), System.nanoTime())
        : instances.put(id, now);
  }

  private boolean applyRule(String name, @Nullable Stored now) {
    return now == null ? rules.deleted(name) : rules.put(name, now);
  }

  private void settle(boolean instancesChanged, boolean rulesChanged, long atRevision) {
    boolean upToDate = appliedRevision == revision;
    known = true;
    revision = atRevision;
    if (instancesChanged) {
      publishInstances();
    }
    if (rulesChanged) {
      publishRules(ruleListeners, true);
    } else if (upToDate && thrown == null) {
      acknowledge(appliedAt);
    }
    if (instancesChanged || rulesChanged) {
      snapshotSoon();
    }
    notifyObservers();
  }

  private void publishInstances() {
    InstanceSet set = instances.toSet(fromEtcd ? revision : 0);
    List.copyOf(instanceListeners).forEach(listener -> deliver(listener, set));
    cancel(expiryTimer);
    instances
        .nanosToExpiry(System.nanoTime())
        .ifPresent(nanos -> expiryTimer = loop.schedule(this::expire, Math.max(nanos, 1)));
  }

  private void expire() {
    if (instances.expireSuspects(System.nanoTime())) {
      publishInstances();
      snapshotSoon();
    }
  }

  private void deliver(Delivery<InstanceSet> listener, InstanceSet set) {
    try {
      listener.deliver(set);
    } catch (RuntimeException e) {
      LOG.error("a listener of the instances of {} failed", service, e);
    }
  }

  private void publishRules(Set<Delivery<ServiceRules>> to, boolean isNew) {
    if (ruleListeners.isEmpty()) {
      return;
    }
    ServiceRules current = rules.toRules(fromEtcd ? revision : 0);
    RefusedDocument refusal = null;
    for (Delivery<ServiceRules> listener : List.copyOf(to)) {
      try {
        listener.deliver(current);
      } catch (RuntimeException e) {
        LOG.warn("the rules of {} at revision {} were refused", service, revision, e);
        refusal = refusal(e);
      }
    }
    if (!fromEtcd) {
      return;
    }
    boolean all = to == ruleListeners;
    thrown = refusal != null || all ? refusal : thrown;
    acknowledge(isNew ? Instant.now() : appliedAt);
    if (isNew) {
      context.board().urgent();
    }
  }

  private void acknowledge(Instant at) {
    if (ruleListeners.isEmpty()) {
      return;
    }
    List<RefusedDocument> refused = new ArrayList<>(rules.refused());
    if (thrown == null) {
      appliedRevision = revision;
      appliedAt = at;
    } else {
      refused.add(thrown);
    }
    context
        .acknowledgements()
        .put(
            service,
            new Acknowledgements.Ack(appliedRevision, appliedAt, refused, rules.ignoredFields()));
  }

  private RefusedDocument refusal(RuntimeException e) {
    return RefusedDocument.newBuilder()
        .setKey(prefix + CTL)
        .setRevision(revision)
        .setReason(String.valueOf(e.getMessage()))
        .build();
  }

  private void notifyObservers() {
    List.copyOf(observers).forEach(observer -> observer.settled(this));
  }

  private void remember(ServiceSnapshot snapshot) {
    if (known || stopped) {
      return;
    }
    snapshotRevision = snapshot.revision();
    List<Stored> entries =
        snapshot.values().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .map(entry -> Stored.remembered(entry.getKey(), entry.getValue()))
            .toList();
    instances.reset(below(INST, entries), id -> false, System.nanoTime());
    rules.reset(below(CTL, entries));
    known = true;
    publishInstances();
    publishRules(ruleListeners, true);
  }

  private void snapshotSoon() {
    if (snapshotTimer == null && fromEtcd) {
      snapshotTimer =
          loop.schedule(
              () -> {
                var unused = writeSnapshot();
              },
              SNAPSHOT_DELAY);
    }
  }

  private CompletableFuture<Void> writeSnapshot() {
    snapshotTimer = null;
    Map<String, String> content = new HashMap<>();
    instances
        .all()
        .forEach(
            (id, instance) ->
                content.put(Keyspace.instanceKey(service, id), JsonValues.print(instance)));
    rules.good().values().forEach(stored -> content.put(stored.key(), stored.text()));
    ServiceSnapshot snapshot = new ServiceSnapshot(service, revision, content);
    return CompletableFuture.runAsync(
        () -> context.snapshots().write(snapshot), context.connection().pool());
  }

  private Map<String, Stored> below(String part, List<Stored> entries) {
    Map<String, Stored> found = new HashMap<>();
    for (Stored entry : entries) {
      String name = entry.key().substring(prefix.length());
      if (name.startsWith(part)) {
        found.put(name.substring(part.length()), entry);
      }
    }
    return found;
  }

  private static void cancel(@Nullable Scheduled timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
