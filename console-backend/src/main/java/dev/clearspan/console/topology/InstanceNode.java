package dev.clearspan.console.topology;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An instance in the topology. */
public record InstanceNode(
    String id,
    InstanceState state,
    @Nullable Unreachable unreachable,
    String host,
    int port,
    String zone,
    String version,
    @Nullable Instant startedAt,
    Weights weight,
    Red red) {}
