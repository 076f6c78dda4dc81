package dev.clearspan.console.topology;

import dev.clearspan.console.registry.Unreachable;
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
