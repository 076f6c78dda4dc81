package dev.clearspan.console.topology;

import java.time.Instant;
import java.util.List;

/** What runs and who calls whom, over the last seconds. */
public record Topology(
    String env,
    Instant at,
    long windowSeconds,
    long revision,
    List<ServiceNode> services,
    List<Edge> edges) {}
