package dev.clearspan.tracing;

import dev.clearspan.tracing.internal.metric.DeltaView;
import dev.clearspan.tracing.internal.metric.ProcessMetrics;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The engine's metrics for an OpenTelemetry SDK of the application's own: register one with {@code
 * SdkMeterProviderBuilder.registerMetricProducer}. They are those of all servers and channels of
 * this process that are open when the SDK collects. What the engine itself pushes, and {@code
 * /metrics}, are not changed by it. Thread-safe.
 *
 * <p>The SDK tells a producer not which temporality its readers want, so choose one; and it does
 * not tell whether a reading was delivered, so one that gets lost takes its deltas along.
 */
public final class EngineMetrics implements MetricProducer {
  private final AggregationTemporality temporality;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ProcessMetrics, DeltaView> views = new IdentityHashMap<>(); // guarded by lock

  private EngineMetrics(AggregationTemporality temporality) {
    this.temporality = temporality;
  }

  /** Running totals. */
  public static EngineMetrics cumulative() {
    return new EngineMetrics(AggregationTemporality.CUMULATIVE);
  }

  /** What is new since the producer was asked last; states when they change. For one reader. */
  public static EngineMetrics delta() {
    return new EngineMetrics(AggregationTemporality.DELTA);
  }

  /** With one ledger open, as the SDK's resource; with several, each as its own merged into it. */
  @Override
  public Collection<MetricData> produce(Resource resource) {
    List<ProcessMetrics> open = ProcessMetrics.all();
    List<MetricData> metrics = new ArrayList<>();
    for (ProcessMetrics each : open) {
      Resource as = open.size() == 1 ? resource : resource.merge(each.resource());
      metrics.addAll(
          temporality == AggregationTemporality.DELTA ? deltas(each, as) : each.totals(as));
    }
    forgetOthers(open);
    return metrics;
  }

  private List<MetricData> deltas(ProcessMetrics of, Resource as) {
    lock.lock();
    try {
      DeltaView.Push push =
          views.computeIfAbsent(of, ignored -> of.deltas(as)).read(of.nowEpochNanos());
      List<MetricData> metrics = push.metrics();
      push.delivered();
      return metrics;
    } finally {
      lock.unlock();
    }
  }

  private void forgetOthers(List<ProcessMetrics> open) {
    lock.lock();
    try {
      views.keySet().retainAll(open);
    } finally {
      lock.unlock();
    }
  }
}
