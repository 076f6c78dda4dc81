package dev.clearspan.console.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.topology.TopologyPatch.Ends;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyPatchTest {
  private static final Red NONE = new Red(0, 0, null, null, null);

  private static ServiceNode service(String name, int processes) {
    return new ServiceNode(
        name,
        "service",
        Health.UNKNOWN,
        NONE,
        List.of(),
        processes,
        new ServiceNode.BreakerCounts(0, 0, 0));
  }

  private static Edge edge(String caller, String callee, double rate) {
    Red red = new Red(rate, 0, 1.0, 2.0, 3.0);
    return new Edge(caller, callee, Health.UNKNOWN, red, EdgeBreaker.CLOSED, 0, List.of());
  }

  private static Topology topology(long revision, List<ServiceNode> services, List<Edge> edges) {
    return topology(revision, services, edges, 1);
  }

  private static Topology topology(
      long revision, List<ServiceNode> services, List<Edge> edges, double databaseRate) {
    Red red = new Red(databaseRate, 0, 1.0, 2.0, 3.0);
    return new Topology(
        "dev",
        Instant.EPOCH.plusSeconds(revision),
        10,
        revision,
        services,
        edges,
        List.of(new Dependency("h2", "database", "h2", "", "", Health.OK, red)),
        List.of(new DependencyEdge("a", "h2", Health.OK, red)));
  }

  @Test
  void sameNodesAreNotNamed() {
    Topology before = topology(1, List.of(service("a", 1)), List.of(edge("a", "b", 1)));
    Topology after = topology(2, List.of(service("a", 1)), List.of(edge("a", "b", 1)));
    assertThat(TopologyPatch.between(before, after))
        .isEqualTo(
            new TopologyPatch(
                after.at(), 2, List.of(), List.of(), List.of(), List.of(), null, null));
  }

  @Test
  void newAndChangedAndGoneAreNamed() {
    Topology before =
        topology(
            1,
            List.of(service("a", 1), service("b", 1), service("gone", 1)),
            List.of(edge("a", "b", 1), edge("a", "gone", 1)));
    Topology after =
        topology(
            2,
            List.of(service("a", 1), service("b", 2), service("new", 1)),
            List.of(edge("a", "b", 2), edge("a", "new", 1)));
    TopologyPatch patch = TopologyPatch.between(before, after);
    assertThat(patch.services()).containsExactly(service("b", 2), service("new", 1));
    assertThat(patch.goneServices()).containsExactly("gone");
    assertThat(patch.edges()).containsExactly(edge("a", "b", 2), edge("a", "new", 1));
    assertThat(patch.goneEdges()).containsExactly(new Ends("a", "gone"));
    assertThat(patch.dependencies()).as("are as they were").isNull();
  }

  @Test
  void dependenciesAreNamedWhole_onceOneOfThemIsNotAsItWas() {
    Topology before = topology(1, List.of(), List.of(), 1);
    Topology after = topology(2, List.of(), List.of(), 2);
    TopologyPatch patch = TopologyPatch.between(before, after);
    assertThat(patch.dependencies()).isEqualTo(after.dependencies());
    assertThat(patch.dependencyEdges()).isEqualTo(after.dependencyEdges());
  }
}
