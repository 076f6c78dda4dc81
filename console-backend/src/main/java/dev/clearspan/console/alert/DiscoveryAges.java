package dev.clearspan.console.alert;

import dev.clearspan.console.intake.MetricSink;
import dev.clearspan.console.metric.Labels;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How old each process' view of the registry is, as it pushes it ({@code clearspan.discovery.age}).
 * At most {@value #CAPACITY}; who is silent for five minutes is forgotten. Thread-safe.
 */
public final class DiscoveryAges implements MetricSink {
  static final int CAPACITY = 10_000;
  static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private static final String METRIC = "clearspan.discovery.age";
  private static final int MAX_NAME = 128;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AlertTarget, Heard> ages = new HashMap<>(); // guarded by lock

  public DiscoveryAges(InstantSource clock) {
    this.clock = clock;
  }

  /** What a process said, and when. */
  record Heard(double seconds, Instant at) {}

  @Override
  public Outcome accept(List<ResourceMetrics> metrics) {
    for (ResourceMetrics resource : metrics) {
      Labels process = new Labels(resource.getResource().getAttributesList());
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        scope.getMetricsList().stream()
            .filter(metric -> metric.getName().equals(METRIC))
            .forEach(metric -> take(process, metric));
      }
    }
    return new Outcome(0, 0, "");
  }

  private void take(Labels process, Metric metric) {
    for (NumberDataPoint point : metric.getGauge().getDataPointsList()) {
      AlertTarget target =
          new AlertTarget(
              name(new Labels(point.getAttributesList()).get("server.address")),
              "",
              name(process.get("service.name")),
              name(process.get("service.instance.id")));
      put(target, point.hasAsInt() ? point.getAsInt() : point.getAsDouble());
    }
  }

  private void put(AlertTarget target, double seconds) {
    lock.lock();
    try {
      if (Double.isFinite(seconds) && (ages.containsKey(target) || ages.size() < CAPACITY)) {
        ages.put(target, new Heard(Math.max(0, seconds), clock.instant()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** What each process said last of each service that it calls. */
  Map<AlertTarget, Heard> all() {
    Instant oldest = clock.instant().minus(FORGOTTEN);
    lock.lock();
    try {
      ages.values().removeIf(heard -> heard.at().isBefore(oldest));
      return Map.copyOf(ages);
    } finally {
      lock.unlock();
    }
  }

  private static String name(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
  }
}
