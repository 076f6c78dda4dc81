package dev.clearspan.console.topology;

import static java.util.stream.Collectors.toList;

import dev.clearspan.console.metric.CallTotals;
import dev.clearspan.console.metric.ExternalCalls.ToPeer;
import dev.clearspan.console.metric.ExternalPeer;
import dev.clearspan.console.registry.RegistrySnapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is called that is no instance of ours, from one look at the spans' calls. */
final class Dependencies {
  private final List<ToPeer> calls;
  private final Duration window;

  private Dependencies(List<ToPeer> calls, Duration window) {
    this.calls = calls;
    this.window = window;
  }

  /** Leaves out what the registry knows as an instance. */
  static Dependencies of(List<ToPeer> calls, RegistrySnapshot registry, Duration window) {
    Set<String> ours =
        registry.instances().values().stream()
            .map(stored -> stored.value().getHost() + ":" + stored.value().getPort())
            .collect(Collectors.toSet());
    return new Dependencies(
        calls.stream().filter(call -> !ours.contains(call.peer().address())).toList(), window);
  }

  List<Dependency> nodes() {
    Map<String, List<ToPeer>> byPeer =
        calls.stream()
            .collect(Collectors.groupingBy(call -> call.peer().id(), TreeMap::new, toList()));
    return byPeer.values().stream().map(this::node).toList();
  }

  private Dependency node(List<ToPeer> ofPeer) {
    ExternalPeer peer = ofPeer.get(0).peer();
    Sum sum = ofPeer.stream().map(call -> Sum.of(call.totals())).reduce(Sum::plus).orElseThrow();
    return new Dependency(
        peer.id(),
        peer.kind(),
        peer.system(),
        peer.name(),
        peer.address(),
        health(sum),
        sum.red(window));
  }

  /**
   * Never bad: traces of calls that failed are kept more often than others, so that no share of
   * theirs means anything; that there are any does.
   */
  private static Health health(Sum sum) {
    if (sum.calls() == 0) {
      return Health.UNKNOWN;
    }
    return sum.errors() > 0 ? Health.WARN : Health.OK;
  }

  List<DependencyEdge> edges() {
    return calls.stream()
        .map(call -> edge(call.peer().id(), call.totals()))
        .sorted(
            Comparator.comparing(DependencyEdge::caller).thenComparing(DependencyEdge::dependency))
        .toList();
  }

  private DependencyEdge edge(String id, CallTotals totals) {
    Sum sum = Sum.of(totals);
    return new DependencyEdge(totals.caller(), id, health(sum), sum.red(window));
  }
}
