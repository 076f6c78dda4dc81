package dev.clearspan.console.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is different from the topology before: put it over that one, and it is this one.
 *
 * @param at of the newer topology
 * @param revision of the newer topology
 * @param services that are new or not as they were
 * @param goneServices names of those no longer there
 * @param edges that are new or not as they were
 * @param goneEdges those no longer there
 * @param dependencies all of them if one is not as it was; null: they are as they were
 * @param dependencyEdges as dependencies
 */
public record TopologyPatch(
    Instant at,
    long revision,
    List<ServiceNode> services,
    List<String> goneServices,
    List<Edge> edges,
    List<Ends> goneEdges,
    @Nullable List<Dependency> dependencies,
    @Nullable List<DependencyEdge> dependencyEdges) {

  /** What an edge connects. */
  public record Ends(String caller, String callee) {
    private static Ends of(Edge edge) {
      return new Ends(edge.caller(), edge.callee());
    }
  }

  /** What leads from one topology to the next. */
  public static TopologyPatch between(Topology before, Topology after) {
    return new TopologyPatch(
        after.at(),
        after.revision(),
        changed(before.services(), after.services(), ServiceNode::service),
        gone(before.services(), after.services(), ServiceNode::service),
        changed(before.edges(), after.edges(), Ends::of),
        gone(before.edges(), after.edges(), Ends::of),
        before.dependencies().equals(after.dependencies()) ? null : after.dependencies(),
        before.dependencyEdges().equals(after.dependencyEdges()) ? null : after.dependencyEdges());
  }

  private static <T, K> List<T> changed(List<T> before, List<T> after, Function<T, K> key) {
    Map<K, T> known = new HashMap<>();
    before.forEach(each -> known.put(key.apply(each), each));
    List<T> changed = new ArrayList<>();
    for (T each : after) {
      if (!each.equals(known.get(key.apply(each)))) {
        changed.add(each);
      }
    }
    return changed;
  }

  private static <T, K> List<K> gone(List<T> before, List<T> after, Function<T, K> key) {
    Set<K> there = new HashSet<>();
    after.forEach(each -> there.add(key.apply(each)));
    return before.stream().map(key).filter(each -> !there.contains(each)).toList();
  }
}
