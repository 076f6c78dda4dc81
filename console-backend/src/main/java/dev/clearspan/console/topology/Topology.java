package dev.clearspan.console.topology;

import java.time.Instant;
import java.util.List;

/**
 * What runs and who calls whom, over the last seconds.
 *
 * @param edges counted exactly, by those who call
 * @param dependencies what is called beside them, as far as spans that came tell
 */
public record Topology(
    String env,
    Instant at,
    long windowSeconds,
    long revision,
    List<ServiceNode> services,
    List<Edge> edges,
    List<Dependency> dependencies,
    List<DependencyEdge> dependencyEdges) {}
