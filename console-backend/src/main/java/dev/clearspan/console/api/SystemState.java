package dev.clearspan.console.api;

import dev.clearspan.console.registry.IgnoredValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the console itself is.
 *
 * @param processes with a live status document
 * @param grafana null when it is not configured
 */
public record SystemState(
    String env,
    String version,
    Instant startedAt,
    Registry registry,
    Intake intake,
    Traces traceStore,
    int processes,
    List<IgnoredValue> ignoredRegistryValues,
    @Nullable Grafana grafana) {

  public record Registry(boolean connected, long revision, long ageMillis, String detail) {}

  public record Intake(
      long spansReceived,
      long spansDropped,
      long metricPointsReceived,
      long rejectedRequests,
      int queueDepth) {}

  public record Traces(long traces, long bytes, @Nullable Instant oldest, int retentionHours) {}

  public record Grafana(String url, List<Dashboard> dashboards) {}

  public record Dashboard(String uid, String title) {}
}
