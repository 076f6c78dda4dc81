package dev.clearspan.console.topology;

import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.registry.InstanceRef;
import dev.clearspan.console.registry.RegistrySnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Puts one topology together, from one snapshot of the registry and of the traffic. */
final class TopologyBuilder {
  private final String env;
  private final RegistrySnapshot registry;
  private final Traffic traffic;
  private final Dependencies dependencies;
  private final Instant now;
  private final BreakerBoard breakers;
  private final ServiceNodes nodes;
  private final Map<Pair, Sum> callsOfEdge;
  private final Map<Pair, Map<String, Sum>> attemptsOfEdge;

  TopologyBuilder(
      String env,
      RegistrySnapshot registry,
      Traffic traffic,
      Dependencies dependencies,
      Instant now) {
    this.dependencies = dependencies;
    this.env = env;
    this.registry = registry;
    this.traffic = traffic;
    this.now = now;
    this.breakers = new BreakerBoard(registry, now);
    this.nodes = new ServiceNodes(registry, traffic, breakers, now);
    this.callsOfEdge = traffic.callsBy(Pair::of);
    this.attemptsOfEdge = new HashMap<>();
    traffic
        .attemptsBy(row -> List.of(row.caller(), row.service(), row.instance()))
        .forEach(
            (key, sum) ->
                attemptsOfEdge
                    .computeIfAbsent(new Pair(key.get(0), key.get(1)), pair -> new HashMap<>())
                    .put(key.get(2), sum));
  }

  /** Caller and callee. */
  record Pair(String caller, String callee) implements Comparable<Pair> {
    static Pair of(CallTotals row) {
      return new Pair(row.caller(), row.service());
    }

    @Override
    public int compareTo(Pair other) {
      int byCaller = caller.compareTo(other.caller);
      return byCaller == 0 ? callee.compareTo(other.callee) : byCaller;
    }
  }

  Topology build() {
    SortedSet<Pair> pairs = pairs();
    return new Topology(
        env,
        now,
        traffic.window().toSeconds(),
        registry.revision(),
        names(pairs).stream().map(nodes::node).toList(),
        pairs.stream().map(this::edge).toList(),
        dependencies.nodes(),
        dependencies.edges());
  }

  private SortedSet<Pair> pairs() {
    SortedSet<Pair> pairs = new TreeSet<>();
    registry
        .callees()
        .forEach(
            (caller, callees) -> callees.forEach(callee -> pairs.add(new Pair(caller, callee))));
    callsOfEdge.keySet().stream().filter(pair -> !pair.caller().isEmpty()).forEach(pairs::add);
    return pairs;
  }

  private SortedSet<String> names(SortedSet<Pair> pairs) {
    SortedSet<String> names = new TreeSet<>(registry.services());
    names.addAll(registry.callees().keySet());
    pairs.forEach(pair -> names.addAll(List.of(pair.caller(), pair.callee())));
    return names;
  }

  private Edge edge(Pair pair) {
    Sum calls = callsOfEdge.getOrDefault(pair, Sum.NONE);
    EdgeBreaker breaker = breakers.ofEdge(pair.caller(), pair.callee());
    return new Edge(
        pair.caller(),
        pair.callee(),
        Health.of(calls).or(breaker.health()),
        calls.red(traffic.window()),
        breaker,
        calls.retriesPerSecond(traffic.window()),
        instances(pair));
  }

  private List<Edge.EdgeInstance> instances(Pair pair) {
    Map<String, Sum> attempts = attemptsOfEdge.getOrDefault(pair, Map.of());
    long total = attempts.values().stream().mapToLong(Sum::calls).sum();
    SortedSet<String> ids = new TreeSet<>(attempts.keySet());
    registry.instancesOf(pair.callee()).keySet().stream()
        .filter(id -> registry.instances().containsKey(new InstanceRef(pair.callee(), id)))
        .forEach(ids::add);
    return ids.stream()
        .map(id -> instance(pair, id, attempts.getOrDefault(id, Sum.NONE), total))
        .toList();
  }

  private Edge.EdgeInstance instance(Pair pair, String id, Sum attempts, long total) {
    return new Edge.EdgeInstance(
        id,
        total == 0 ? 0 : (double) attempts.calls() / total,
        attempts.red(traffic.window()),
        breakers.ofEdgeInstance(pair.caller(), pair.callee(), id));
  }
}
