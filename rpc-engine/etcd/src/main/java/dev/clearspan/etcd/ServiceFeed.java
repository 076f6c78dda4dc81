package dev.clearspan.etcd;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Everything a process hears of one service, instances and rules, through one watch that all
 * listeners share. Starts from the disk snapshot, continues from etcd. Loop-only.
 */
final class ServiceFeed implements PrefixFollower.Sink {
  private static final String INST = "inst/";
  private static final String CTL = "ctl/";

  /** Looks at the feed after each step. */
  interface Observer {
    void settled(ServiceFeed feed);
  }

  private final String service;
  private final Loop loop;
  private final String prefix;
  private final InstanceView instances;
  private final RulesView rules;
  private final PrefixFollower follower;
  private final InstanceAudience instanceAudience;
  private final RuleAudience ruleAudience;
  private final FeedMemory memory;
  private final Set<Observer> observers = new LinkedHashSet<>();

  private boolean known;
  private boolean fromEtcd;
  private boolean stopped;
  private long revision;
  private long snapshotRevision;
  private @Nullable Scheduled expiryTimer;

  ServiceFeed(String service, FeedContext context) {
    this.service = service;
    loop = context.connection().loop();
    prefix = Keyspace.servicePrefix(service);
    instances = new InstanceView(service, context.values(), context.ignored());
    rules = new RulesView(service, context.values(), context.ignored());
    follower = new PrefixFollower(context.connection(), prefix, this);
    instanceAudience = new InstanceAudience(service);
    ruleAudience = new RuleAudience(service, context);
    memory = new FeedMemory(context, this::snapshot);
  }

  /** What is on disk comes first: should etcd hold a bad document, the last good one is known. */
  void start() {
    memory.recall(
        service,
        found -> {
          found.ifPresent(this::remember);
          if (!stopped) {
            follower.start();
          }
        });
  }

  /** Ends the feed; the future completes when what it knew is on disk. */
  CompletableFuture<Void> stop() {
    stopped = true;
    follower.stop();
    cancelExpiry();
    ruleAudience.leave();
    return memory.flush();
  }

  boolean isUnused() {
    return instanceAudience.isEmpty() && ruleAudience.isEmpty() && observers.isEmpty();
  }

  void addInstances(Delivery<InstanceSet> listener) {
    instanceAudience.add(listener);
    if (known) {
      instanceAudience.tell(listener, currentInstances());
    }
  }

  void removeInstances(Delivery<InstanceSet> listener) {
    instanceAudience.remove(listener);
  }

  void addRules(Delivery<ServiceRules> listener) {
    ruleAudience.add(listener);
    if (known) {
      ruleAudience.welcome(listener, currentRules(), rules);
    }
  }

  void removeRules(Delivery<ServiceRules> listener) {
    ruleAudience.remove(listener);
  }

  void add(Observer observer) {
    observers.add(observer);
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
    Map<String, Stored> listed = below(INST, entries);
    boolean snapshotOutdated = !fromEtcd && (!listed.isEmpty() || atRevision < snapshotRevision);
    boolean instancesChanged =
        instances.reset(listed, id -> snapshotOutdated || isEjected(id), System.nanoTime());
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
    ruleAudience.confirm(currentRules(), rules);
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
    known = true;
    revision = atRevision;
    tellRules(rulesChanged, atRevision);
    if (instancesChanged) {
      publishInstances();
    }
    if (instancesChanged || rulesChanged) {
      memory.keep();
    }
    notifyObservers();
  }

  /** Before the instances: calls wait for those, and the first one should find its rules. */
  private void tellRules(boolean changed, long atRevision) {
    if (changed) {
      ruleAudience.tell(currentRules(), rules);
    } else {
      ruleAudience.advance(atRevision, rules);
    }
  }

  private void publishInstances() {
    instanceAudience.tell(currentInstances());
    cancelExpiry();
    instances
        .nanosToExpiry(System.nanoTime())
        .ifPresent(nanos -> expiryTimer = loop.schedule(this::expire, Math.max(nanos, 1)));
  }

  private void expire() {
    if (instances.expireSuspects(System.nanoTime())) {
      publishInstances();
      memory.keep();
    }
  }

  private void cancelExpiry() {
    if (expiryTimer != null) {
      expiryTimer.cancel();
    }
  }

  private InstanceSet currentInstances() {
    return instances.toSet(fromEtcd ? revision : 0);
  }

  private ServiceRules currentRules() {
    return rules.toRules(fromEtcd ? revision : 0);
  }

  private void notifyObservers() {
    List.copyOf(observers).forEach(observer -> observer.settled(this));
  }

  private void remember(ServiceSnapshot snapshot) {
    if (stopped) {
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
    ruleAudience.tell(currentRules(), rules);
    publishInstances();
  }

  private ServiceSnapshot snapshot() {
    Map<String, String> values = new HashMap<>();
    instances
        .all()
        .forEach(
            (id, instance) ->
                values.put(Keyspace.instanceKey(service, id), JsonValues.print(instance)));
    rules.good().values().forEach(stored -> values.put(stored.key(), stored.text()));
    return new ServiceSnapshot(service, revision, values);
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
}
