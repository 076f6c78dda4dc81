package dev.clearspan.rpc.client;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.balance.Balancer;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.Balancers;
import dev.clearspan.rpc.balance.Continuity;
import dev.clearspan.rpc.breaker.CircuitBreaker;
import dev.clearspan.rpc.breaker.ForcedBreaker;
import dev.clearspan.rpc.breaker.ForcedStates;
import dev.clearspan.rpc.breaker.SlidingWindowBreaker;
import dev.clearspan.rpc.fault.Fault;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.policy.MethodPolicy;
import dev.clearspan.rpc.policy.PolicyLayers;
import dev.clearspan.rpc.route.RouteRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where calls can go, as of one moment: an immutable snapshot of endpoints and rules, replaced as a
 * whole on every change. What a method needs is worked out with its first call and kept.
 */
final class Routes {
  /** Methods with breakers of their own; those beyond share one per instance. */
  static final int MAX_METHODS = 1_024;

  static final String OTHER_METHODS = "(other)";

  private final ChannelSettings settings;
  private final ChannelCounters counters;
  private final boolean known;
  private final List<Target> targets;
  private final List<Target> usable;
  private final ServicePolicy document;
  private final ForcedStates forced;
  private final Map<String, MethodRoute> methods = new ConcurrentHashMap<>();
  private final Map<BalancerSettings, Weighing> weighings = new ConcurrentHashMap<>();
  private final Map<BalancerSettings, Balancer> balancers = new ConcurrentHashMap<>();

  /**
   * An endpoint in this snapshot.
   *
   * @param instance as it is registered
   * @param share the part of it that is this client's, above 0, at most 1
   * @param adaptive the factor that its reported load suggests
   * @param unreachableSince null while it can be used, as far as connection and server tell
   * @param cause why it cannot, or is not READY
   */
  record Target(
      Endpoint endpoint,
      Verdict verdict,
      Instance instance,
      double share,
      SlowStart slowStart,
      double adaptive,
      ConnectionState state,
      @Nullable Instant unreachableSince,
      String cause) {

    /** What the instance registered. */
    double baseWeight() {
      return instance.getWeight();
    }

    /** Whether it takes that share of calls. */
    boolean isPartOf(RouteRule.Split split) {
      return split.takes(instance.getVersion(), instance.getTagsMap());
    }

    /** What an operator set, else what the instance registered; 0 when it takes no calls. */
    double configuredWeight() {
      return verdict instanceof Verdict.Usable usable ? usable.weight() : 0;
    }

    /** Gone from the registry, though still connected. */
    boolean isSuspect() {
      return verdict instanceof Verdict.Usable usable && usable.suspect();
    }

    boolean isWeighted() {
      return configuredWeight() > 0;
    }

    String zone() {
      return instance.getZone();
    }
  }

  Routes(
      ChannelSettings settings,
      ChannelCounters counters,
      boolean known,
      List<Target> targets,
      List<Target> usable,
      ServicePolicy document,
      ForcedStates forced) {
    this.settings = settings;
    this.counters = counters;
    this.known = known;
    this.targets = List.copyOf(targets);
    this.usable = List.copyOf(usable);
    this.document = document;
    this.forced = forced;
  }

  /** Whether discovery has told anything yet. */
  boolean isKnown() {
    return known;
  }

  /** All endpoints, those out of use included. */
  List<Target> targets() {
    return targets;
  }

  /** Those that calls may go to. */
  List<Target> usable() {
    return usable;
  }

  ForcedStates forced() {
    return forced;
  }

  /** What holds for the service's calls unless a method has its own. */
  MethodPolicy servicePolicy() {
    return PolicyLayers.resolve(document, settings.policy(), "");
  }

  /** The weights in force unless a method has its own. */
  Weighing weighing() {
    return weighing(servicePolicy().balancer());
  }

  /** The longest time in which newcomers get warm, by any method's policy. */
  Duration longestSlowStart() {
    Duration longest = servicePolicy().balancer().slowStart();
    for (Policy method : document.getMethodsMap().values()) {
      var own = method.getBalancer().getSlowStart();
      Duration time = Duration.ofSeconds(own.getSeconds(), own.getNanos());
      longest = time.compareTo(longest) > 0 ? time : longest;
    }
    return longest;
  }

  MethodRoute route(String method) {
    MethodRoute route = methods.get(method);
    return route != null ? route : methods.computeIfAbsent(boundedName(method), this::build);
  }

  /** Says why no endpoint is usable. */
  String emptiness() {
    if (targets.isEmpty()) {
      return "no instance of " + settings.service() + " is registered";
    }
    return targets.stream()
        .limit(5)
        .map(target -> target.endpoint().id() + " " + reason(target.verdict()))
        .collect(
            Collectors.joining(
                "; ",
                "none of the "
                    + targets.size()
                    + " instances of "
                    + settings.service()
                    + " is usable: ",
                targets.size() > 5 ? "; ..." : ""));
  }

  private static String reason(Verdict verdict) {
    return verdict instanceof Verdict.Out out ? out.reason() : "usable";
  }

  private String boundedName(String method) {
    return methods.size() < MAX_METHODS ? method : OTHER_METHODS;
  }

  private MethodRoute build(String method) {
    MethodPolicy policy = PolicyLayers.resolve(document, settings.policy(), method);
    List<MethodRoute.Candidate> candidates =
        usable.stream().map(target -> candidate(target, method, policy)).toList();
    Balancer balancer =
        balancers.computeIfAbsent(
            policy.balancer(), wanted -> balancer(wanted, weighing(wanted), settings.continuity()));
    return new MethodRoute(
        method, policy, candidates, balancer, counters.panics, detour(method, policy));
  }

  private @Nullable Detour detour(String method, MethodPolicy policy) {
    String caller = settings.identity().service();
    List<Fault> faults =
        policy.faults().stream()
            .filter(fault -> fault.caller().isEmpty() || fault.caller().equals(caller))
            .toList();
    List<Detour.Fork> forks =
        policy.routes().stream()
            .filter(rule -> rule.isFor(caller))
            .map(rule -> fork(rule, method, policy))
            .toList();
    return faults.isEmpty() && forks.isEmpty() ? null : new Detour(faults, forks);
  }

  private Detour.Fork fork(RouteRule rule, String method, MethodPolicy policy) {
    return new Detour.Fork(
        rule,
        rule.splits().stream()
            .map(split -> new Detour.Way(split, part(split, method, policy)))
            .toList());
  }

  /** The method's route with the endpoints of one split only. */
  private MethodRoute part(RouteRule.Split split, String method, MethodPolicy policy) {
    List<Target> some = usable.stream().filter(target -> target.isPartOf(split)).toList();
    List<Target> all = targets.stream().filter(target -> target.isPartOf(split)).toList();
    BalancerSettings wanted = policy.balancer();
    Weighing weighing = new Weighing(wanted, all, some, settings.identity().zone());
    return new MethodRoute(
        method,
        policy,
        some.stream().map(target -> candidate(target, method, policy)).toList(),
        balancer(wanted, weighing, new Continuity(settings.random().nextInt())),
        null,
        null);
  }

  private MethodRoute.Candidate candidate(Target target, String method, MethodPolicy policy) {
    Endpoint endpoint = target.endpoint();
    return new MethodRoute.Candidate(
        endpoint, breaker(endpoint, method, policy), target.isSuspect());
  }

  private CircuitBreaker breaker(Endpoint endpoint, String method, MethodPolicy policy) {
    SlidingWindowBreaker computed =
        endpoint.breaker(
            method,
            policy.breaker(),
            breakerSettings ->
                new SlidingWindowBreaker(
                    breakerSettings,
                    settings.ticker().nanos(),
                    settings.random(),
                    counters::transition));
    return ForcedBreaker.of(computed, forced.find(method, endpoint.id()));
  }

  private Weighing weighing(BalancerSettings balancer) {
    return weighings.computeIfAbsent(
        balancer, wanted -> new Weighing(wanted, targets, usable, settings.identity().zone()));
  }

  private Balancer balancer(BalancerSettings wanted, Weighing among, Continuity continuity) {
    return new Balancers(continuity, counters.active::sum, settings.ticker(), settings.random())
        .of(wanted, among.field());
  }
}
