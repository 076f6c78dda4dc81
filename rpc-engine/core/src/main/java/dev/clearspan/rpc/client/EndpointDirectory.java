package dev.clearspan.rpc.client;

import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.rpc.balance.Subset;
import dev.clearspan.rpc.breaker.ForcedStates;
import dev.clearspan.rpc.client.Routes.Target;
import dev.clearspan.rpc.control.ServiceRules;
import dev.clearspan.rpc.control.StatusBoard.Urgency;
import dev.clearspan.rpc.discovery.InstanceSet;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.outlier.WatchedInstances;
import dev.clearspan.rpc.policy.PolicyRules;
import dev.clearspan.rpc.policy.Violation;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Knows a service's endpoints. Three sources move it: discovery (who is registered), the control
 * plane (what operators set) and the connections (who answers). Each change makes a new {@link
 * Routes}, which is in force when the method that brought the change returns.
 *
 * <p>All state but the published routes is guarded by one lock, held for bookkeeping only: opening
 * a connection does not wait, and listeners and waiting calls are told after it is released.
 *
 * <p>The registry is advice. An instance that vanishes without a drain mark stays while its
 * connection is READY, and an empty set takes nothing away. A connection that fails takes its
 * endpoint out at once, whatever the registry says.
 */
final class EndpointDirectory implements EndpointOpener.News {
  /** Calls that may wait for the first snapshot. */
  static final int MAX_WAITING = 10_000;

  private final ChannelSettings settings;
  private final ChannelCounters counters;
  private final Consumer<Urgency> onChange;
  private final ReentrantLock lock = new ReentrantLock();
  private final WatchedInstances watched = new WatchedInstances();
  private final WorkingSet working;
  private final List<Runnable> waiting = new ArrayList<>();
  private final Adaptation adaptation;
  private ServiceRules rules;
  private boolean closed;
  private @Nullable Scheduled nextRefresh;
  private volatile Routes routes;

  EndpointDirectory(
      ChannelSettings settings, ChannelCounters counters, Consumer<Urgency> onChange) {
    this.settings = settings;
    this.counters = counters;
    this.onChange = onChange;
    this.rules = ServiceRules.none(settings.service());
    this.working =
        new WorkingSet(settings, new EndpointOpener(settings, counters, watched, this), rules);
    this.adaptation = new Adaptation(settings, this::adapt);
    this.routes = build();
  }

  /** Its endpoints as they are judged. */
  WatchedInstances watched() {
    return watched;
  }

  /** The newest snapshot. */
  Routes routes() {
    return routes;
  }

  /** Discovery's news. */
  void instances(InstanceSet set) {
    change(Urgency.NORMAL, () -> working.instances(set));
  }

  /**
   * The operators' news; in force when this returns.
   *
   * @throws IllegalArgumentException if the policy is out of range: the last good one stays, the
   *     other rules are in force
   */
  void rules(ServiceRules news) {
    List<Violation> violations = PolicyRules.check(news.policy());
    change(
        Urgency.NORMAL,
        () -> {
          rules = violations.isEmpty() ? news : withPolicyOf(rules, news);
          working.rules(rules);
        });
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException("policy: " + violations.get(0));
    }
  }

  /** Where this client stands among all clients of the service. */
  void stand(Subset subset) {
    change(Urgency.NORMAL, () -> working.stand(subset));
  }

  /** A server's word on itself. */
  @Override
  public void served(Endpoint endpoint, boolean serving) {
    change(
        Urgency.URGENT,
        () ->
            endpoint.condition().notServingSince = serving ? null : settings.wallClock().instant());
  }

  /** A connection's news. */
  @Override
  public void connectionChanged(Endpoint endpoint, ConnectionState state, String cause) {
    Endpoint.Condition condition = endpoint.condition();
    boolean wasUnreachable = condition.state == ConnectionState.UNREACHABLE;
    boolean isUnreachable = state == ConnectionState.UNREACHABLE;
    if (wasUnreachable && state == ConnectionState.CONNECTING) {
      return; // Trying again is not yet being there.
    }
    change(
        wasUnreachable != isUnreachable ? Urgency.URGENT : Urgency.NORMAL,
        () -> {
          applyConnection(condition, state, cause);
          if (wasUnreachable && state == ConnectionState.READY) {
            endpoint.load().forget();
          }
          if (wasUnreachable != isUnreachable) {
            working.reachabilityChanged();
          }
        });
  }

  /** Runs the call once endpoints are known. False: they are, or too many wait. */
  boolean await(Runnable call) {
    lock.lock();
    try {
      if (working.isKnown() || closed || waiting.size() >= MAX_WAITING) {
        return false;
      }
      waiting.add(call);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    change(
        Urgency.NORMAL,
        () -> {
          closed = true;
          adaptation.stop();
          working.close();
        });
  }

  /**
   * Applies a change and publishes what follows from it. A connection that is ready as soon as it
   * is opened makes a change inside the change that opened it: that one publishes both.
   */
  private void change(Urgency urgency, Runnable action) {
    List<Runnable> released = List.of();
    lock.lock();
    try {
      if (closed) {
        return;
      }
      action.run();
      if (lock.getHoldCount() == 1) {
        released = publish();
      }
    } finally {
      lock.unlock();
    }
    onChange.accept(urgency);
    released.forEach(Runnable::run);
  }

  /** Returns the calls that need not wait any more. */
  private List<Runnable> publish() {
    routes = build();
    scheduleRefresh();
    if (!closed) {
      adaptation.follow(routes);
    }
    if (!working.isKnown() && !closed) {
      return List.of();
    }
    List<Runnable> released = List.copyOf(waiting);
    waiting.clear();
    return released;
  }

  private void applyConnection(Endpoint.Condition condition, ConnectionState state, String cause) {
    condition.state = state;
    condition.cause = cause;
    if (state == ConnectionState.UNREACHABLE) {
      if (condition.unreachableSince == null) {
        condition.unreachableSince = settings.wallClock().instant();
      }
    } else {
      condition.unreachableSince = null;
    }
    if (state == ConnectionState.READY && condition.readyNanos == null) {
      condition.readyNanos = settings.ticker().nanos();
    }
  }

  private static ServiceRules withPolicyOf(ServiceRules last, ServiceRules news) {
    return new ServiceRules(
        news.service(),
        news.revision(),
        last.policy(),
        news.controls(),
        news.forced(),
        news.refused(),
        news.ignoredFields());
  }

  private Routes build() {
    Instant now = settings.wallClock().instant();
    long nowNanos = settings.ticker().nanos();
    List<Target> targets =
        working.endpoints().stream().map(endpoint -> target(endpoint, now, nowNanos)).toList();
    return new Routes(
        settings,
        counters,
        working.isKnown(),
        targets,
        preferred(targets),
        rules.policy(),
        ForcedStates.of(rules.forced(), settings.identity().service(), now));
  }

  private Target target(Endpoint endpoint, Instant now, long nowNanos) {
    Endpoint.Condition condition = endpoint.condition();
    InstanceControl control = rules.controls().get(endpoint.id());
    return new Target(
        endpoint,
        Verdict.of(condition, control, now),
        condition.instance,
        condition.share,
        new SlowStart(condition.newcomer, condition.readyNanos, nowNanos),
        condition.adaptive.inForce(),
        condition.state,
        condition.outSince(),
        condition.outCause());
  }

  /** The best group that has anyone: connected before connecting, weighted before weight 0. */
  private static List<Target> preferred(List<Target> targets) {
    List<Target> usable =
        targets.stream().filter(target -> target.verdict() instanceof Verdict.Usable).toList();
    List<Target> weighted = usable.stream().filter(Target::isWeighted).toList();
    List<Target> candidates = weighted.isEmpty() ? usable : weighted;
    List<Target> ready =
        candidates.stream().filter(target -> target.state() == ConnectionState.READY).toList();
    return ready.isEmpty() ? candidates : ready;
  }

  /** Weights follow reported load. */
  private void adapt() {
    boolean moved;
    lock.lock();
    try {
      moved = !closed && adaptation.move(routes);
    } finally {
      lock.unlock();
    }
    if (moved) {
      change(Urgency.NORMAL, () -> {});
    }
  }

  /** Weights rise and overrides expire without anyone saying so. */
  private void scheduleRefresh() {
    if (nextRefresh != null) {
      nextRefresh.cancel();
      nextRefresh = null;
    }
    Duration nap = Naps.next(routes, rules, settings.wallClock().instant());
    if (!closed && nap != null) {
      nextRefresh =
          settings
              .scheduler()
              .schedule(() -> change(Urgency.NORMAL, () -> {}), Math.max(0, nap.toNanos()));
    }
  }
}
