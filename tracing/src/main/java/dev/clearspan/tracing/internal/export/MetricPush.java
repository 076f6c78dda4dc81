package dev.clearspan.tracing.internal.export;

import dev.clearspan.tracing.internal.metric.DeltaView;
import dev.clearspan.tracing.internal.metric.ExportTally;
import dev.clearspan.tracing.internal.time.EpochClock;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends what changed in the metrics, at the process' cadence, on a thread of its own. */
public final class MetricPush implements AutoCloseable {
  private final DeltaView deltas;
  private final CollectionRegistration userMetrics;
  private final MetricExporter exporter;
  private final ExportTally tally;
  private final ExportHealth health;
  private final EpochClock clock;
  private final PushCadence cadence;
  private final Thread thread = new Thread(this::run, "clearspan-metrics");

  /**
   * A push that owns the exporter; nothing happens before {@link #start}.
   *
   * @param userMetrics what user code measures with OpenTelemetry's API
   */
  public MetricPush(
      DeltaView deltas,
      CollectionRegistration userMetrics,
      MetricExporter exporter,
      String endpoint,
      ExportTally tally,
      EpochClock clock,
      PushCadence cadence) {
    this.deltas = deltas;
    this.userMetrics = userMetrics;
    this.exporter = exporter;
    this.tally = tally;
    this.health = new ExportHealth("metrics", endpoint);
    this.clock = clock;
    this.cadence = cadence;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** How often the fleet wants to hear of each process; its own setting wins. */
  public void fleetInterval(Duration interval) {
    cadence.fleet(interval);
  }

  /** Pushes once more and stops, within the given time. */
  public void close(Duration patience) {
    cadence.close();
    try {
      thread.join(Math.max(1, patience.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exporter.shutdown();
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(2));
  }

  private void run() {
    try {
      while (cadence.awaitTurn()) {
        push();
      }
      push();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void push() {
    DeltaView.Push push = deltas.read(clock.nowEpochNanos());
    List<MetricData> metrics = new ArrayList<>(push.metrics());
    metrics.addAll(userMetrics.collectAllMetrics());
    if (metrics.isEmpty()) {
      push.delivered();
      return;
    }
    CompletableResultCode result = Export.of(() -> exporter.export(metrics));
    if (result.isSuccess()) {
      push.delivered();
      tally.pushExported();
      health.succeeded(clock.nanos());
    } else {
      tally.pushNotTaken();
      health.failed(
          result.getFailureThrowable(), "the next push carries the counts", clock.nanos());
    }
  }
}
