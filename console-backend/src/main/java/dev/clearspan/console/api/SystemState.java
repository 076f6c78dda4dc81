package dev.clearspan.console.api;

import dev.clearspan.console.alert.AlertSummary;
import dev.clearspan.console.registry.IgnoredValue;
import dev.clearspan.console.web.CertificateState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the console itself is.
 *
 * @param processes with a live status document
 * @param grafana null when it is not configured
 * @param certificates of the console's own ports that speak TLS
 */
public record SystemState(
    String env,
    String version,
    Instant startedAt,
    Registry registry,
    Intake intake,
    Traces traceStore,
    Recorders recorders,
    AlertSummary alerts,
    int processes,
    List<IgnoredValue> ignoredRegistryValues,
    @Nullable Grafana grafana,
    List<CertificateState> certificates,
    Stores stores) {

  /** Where traces and metrics are asked for. */
  public record Stores(Store traces, Store metrics) {}

  /**
   * What answers.
   *
   * @param kind h2, jaeger, memory or prometheus
   * @param where for people
   * @param up whether it answers; what is the console's own does
   * @param detail why not, and how to mend it; empty if it does
   * @param checkedAt when it was last asked; null: it need not be, or was not yet
   * @param reachSeconds how far back it is asked; null: as far as it keeps
   * @param limits what it cannot do that others can, a sentence each
   */
  public record Store(
      String kind,
      String where,
      boolean up,
      String detail,
      @Nullable Instant checkedAt,
      @Nullable Long reachSeconds,
      List<String> limits) {}

  public record Registry(boolean connected, long revision, long ageMillis, String detail) {}

  /**
   * What came in since the console started.
   *
   * @param spansPerSecond mean of the last ten seconds; so is spansDroppedPerSecond
   * @param spansDropped invalid, over a limit, refused by a full queue, or lost by a failing store
   * @param truncatedValues attributes and events that were cut
   * @param logsDropped of the log records received, not kept: of no trace, over its limit, refused
   * @param queueDepth batches waiting to be stored
   */
  public record Intake(
      long spansReceived,
      double spansPerSecond,
      long spansDropped,
      double spansDroppedPerSecond,
      long truncatedValues,
      long metricPointsReceived,
      long metricPointsRejected,
      long logsReceived,
      long logsDropped,
      long rejectedRequests,
      int queueDepth) {}

  /**
   * How full the trace store is.
   *
   * @param maxBytes size beyond which the oldest traces go
   * @param corruptFragments stored parts that could not be read
   * @param notice what an operator must know; empty if nothing
   */
  public record Traces(
      long traces,
      long spans,
      long bytes,
      long maxBytes,
      @Nullable Instant oldest,
      int retentionHours,
      long corruptFragments,
      String notice) {}

  /**
   * The flight recorders of all processes, in short; {@code /recorders} has them one by one.
   *
   * @param reporting processes heard within 15 minutes
   * @param lostPerSecond records lost, mean of the last ten seconds
   * @param shedding processes that shed traces now
   */
  public record Recorders(int reporting, double lostPerSecond, int shedding) {}

  /**
   * Grafana, which the console offers on a port of its own.
   *
   * @param url where browsers reach it; null: at the host name by which they reach the console
   * @param path what its addresses begin with, ending with a slash
   * @param up whether it can be shown
   * @param detail why not; empty if nothing is wrong
   * @param version null: not heard
   * @param checkedAt null: not yet
   */
  public record Grafana(
      @Nullable String url,
      int port,
      String path,
      boolean up,
      String detail,
      @Nullable String version,
      @Nullable Instant checkedAt,
      List<Dashboard> dashboards) {}

  /**
   * A dashboard that can be embedded.
   *
   * @param variables all that it has: one that is not set would be anything
   */
  public record Dashboard(String uid, String title, List<String> variables) {}
}
