package dev.clearspan.tracing.internal.metric;

import dev.clearspan.tracing.internal.time.EpochClock;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One ledger's metrics, for readers that did not open it: an OpenTelemetry SDK of the application,
 * Micrometer. Thread-safe.
 */
public final class ProcessMetrics implements AutoCloseable {
  private static final List<ProcessMetrics> OPEN = new CopyOnWriteArrayList<>();

  private final MetricSource source;
  private final Resource resource;
  private final EpochClock clock;
  private final long startEpochNanos;

  public ProcessMetrics(MetricSource source, Resource resource, EpochClock clock) {
    this.source = source;
    this.resource = resource;
    this.clock = clock;
    this.startEpochNanos = clock.nowEpochNanos();
  }

  /** Those of all ledgers that are open in this process. */
  public static List<ProcessMetrics> all() {
    return List.copyOf(OPEN);
  }

  /** Lets readers find these. */
  public ProcessMetrics open() {
    OPEN.add(this);
    return this;
  }

  @Override
  public void close() {
    OPEN.remove(this);
  }

  /** Who counts. */
  public Resource resource() {
    return resource;
  }

  /** Running totals, with the peer on the durations of attempts. */
  public List<MetricData> totals(Resource as) {
    return totals(source.forPush(), as);
  }

  /** What is new each time it is asked. */
  public DeltaView deltas(Resource as) {
    return new DeltaView(source, as, startEpochNanos);
  }

  /** Time of day, in nanoseconds since 1970. */
  public long nowEpochNanos() {
    return clock.nowEpochNanos();
  }

  /** Running totals for {@code /metrics}. */
  List<MetricData> page() {
    return totals(source.forPage(), resource);
  }

  private List<MetricData> totals(Reading reading, Resource as) {
    return reading.totals(as, new Points(startEpochNanos, clock.nowEpochNanos()));
  }
}
