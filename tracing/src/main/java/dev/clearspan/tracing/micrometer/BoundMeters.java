package dev.clearspan.tracing.micrometer;

import dev.clearspan.tracing.semconv.TelemetryNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The meters of one registry, and what each shows. Thread-safe. */
final class BoundMeters {
  private static final String NONE = "none";

  /** Not on every series of a metric, but some registries want the same tags on all. */
  private static final List<AttributeKey<String>> OPTIONAL =
      List.of(TelemetryNames.ERROR_TYPE, TelemetryNames.PEER_INSTANCE);

  private static final String SECONDS = "s";

  private final MeterRegistry registry;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Shown> shown = new HashMap<>(); // guarded by lock, as is meters
  private final List<Meter> meters = new ArrayList<>();

  private record Key(String service, String name, Attributes attributes) {}

  /** What a series' meters read; held here, because registries hold it weakly. */
  private static final class Shown {
    volatile long count;
    volatile double value;
  }

  BoundMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows a reading: new series become meters. */
  void update(List<MetricData> metrics) {
    lock.lock();
    try {
      metrics.forEach(
          metric -> metric.getData().getPoints().forEach(point -> update(metric, point)));
    } finally {
      lock.unlock();
    }
  }

  void remove() {
    lock.lock();
    try {
      meters.forEach(registry::remove);
      meters.clear();
    } finally {
      lock.unlock();
    }
  }

  private void update(MetricData metric, PointData point) {
    String service = String.valueOf(metric.getResource().getAttribute(TelemetryNames.SERVICE_NAME));
    Shown series =
        shown.computeIfAbsent(
            new Key(service, metric.getName(), point.getAttributes()),
            key -> add(metric, tags(service, point.getAttributes(), metric)));
    if (point instanceof HistogramPointData histogram) {
      series.count = histogram.getCount();
      series.value = histogram.getSum();
    } else if (point instanceof DoublePointData number) {
      series.value = number.getValue();
    }
  }

  private Shown add(MetricData metric, Tags tags) {
    Shown series = new Shown();
    String name = metric.getName();
    switch (metric.getType()) {
      case HISTOGRAM -> addHistogram(metric, tags, series);
      case DOUBLE_SUM ->
          meters.add(
              FunctionCounter.builder(name, series, each -> each.value)
                  .tags(tags)
                  .description(metric.getDescription())
                  .register(registry));
      default ->
          meters.add(
              Gauge.builder(name, series, each -> each.value)
                  .tags(tags)
                  .description(metric.getDescription())
                  .register(registry));
    }
    return series;
  }

  private void addHistogram(MetricData metric, Tags tags, Shown series) {
    String name = metric.getName();
    if (metric.getUnit().equals(SECONDS)) {
      meters.add(
          FunctionTimer.builder(
                  name, series, each -> each.count, each -> each.value, TimeUnit.SECONDS)
              .tags(tags)
              .description(metric.getDescription())
              .register(registry));
    } else {
      meters.add(
          FunctionCounter.builder(name + ".count", series, each -> each.count)
              .tags(tags)
              .register(registry));
      meters.add(
          FunctionCounter.builder(name + ".sum", series, each -> each.value)
              .tags(tags)
              .baseUnit("bytes")
              .register(registry));
    }
  }

  private static Tags tags(String service, Attributes attributes, MetricData metric) {
    List<Tag> tags = new ArrayList<>();
    tags.add(Tag.of(TelemetryNames.SERVICE_NAME.getKey(), service));
    attributes.forEach((key, value) -> tags.add(Tag.of(key.getKey(), String.valueOf(value))));
    for (AttributeKey<String> key : OPTIONAL) {
      if (attributes.get(key) == null && isOnOtherSeries(key, metric)) {
        tags.add(Tag.of(key.getKey(), NONE));
      }
    }
    return Tags.of(tags);
  }

  private static boolean isOnOtherSeries(AttributeKey<String> key, MetricData metric) {
    String attempts = TelemetryNames.ATTEMPT_DURATION.name();
    boolean ofCalls =
        List.of(
                TelemetryNames.CLIENT_CALL_DURATION.name(),
                TelemetryNames.SERVER_CALL_DURATION.name(),
                attempts)
            .contains(metric.getName());
    return key.equals(TelemetryNames.ERROR_TYPE) ? ofCalls : metric.getName().equals(attempts);
  }
}
