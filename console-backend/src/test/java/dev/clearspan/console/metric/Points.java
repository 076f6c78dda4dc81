package dev.clearspan.console.metric;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds metrics as Clearspan's own processes export them. */
public final class Points {
  private Points() {}

  public static ResourceMetrics from(String service, Metric... metrics) {
    return ResourceMetrics.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAllAttributes(
                    attributes(
                        "service.name",
                        service,
                        "service.instance.id",
                        service + "-1",
                        "clearspan.process.id",
                        "p1")))
        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(Arrays.asList(metrics)))
        .build();
  }

  /** A delta histogram of one point. */
  public static Metric delta(String name, HistogramDataPoint.Builder... points) {
    return histogram(name, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA, points);
  }

  public static Metric cumulative(String name, HistogramDataPoint.Builder... points) {
    return histogram(name, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE, points);
  }

  /**
   * A point that counts the durations (seconds) in the buckets of our exporters; attributes in
   * pairs.
   */
  public static HistogramDataPoint.Builder point(
      Instant start, Instant end, double[] seconds, String... attributes) {
    return point(start, end, seconds, LatencyHistogram.BOUNDS, attributes);
  }

  public static HistogramDataPoint.Builder point(
      Instant start, Instant end, double[] seconds, double[] bounds, String... attributes) {
    long[] counts = new long[bounds.length + 1];
    for (double second : seconds) {
      int at = Arrays.binarySearch(bounds, second);
      counts[at >= 0 ? at : -at - 1]++;
    }
    HistogramDataPoint.Builder point =
        HistogramDataPoint.newBuilder()
            .setStartTimeUnixNano(nanos(start))
            .setTimeUnixNano(nanos(end))
            .setCount(seconds.length)
            .addAllAttributes(attributes(attributes));
    for (double bound : bounds) {
      point.addExplicitBounds(bound);
    }
    for (long count : counts) {
      point.addBucketCounts(count);
    }
    return point;
  }

  /** A delta sum. */
  public static Metric sum(String name, NumberDataPoint... points) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addAllDataPoints(Arrays.asList(points)))
        .build();
  }

  public static Metric gauge(String name, NumberDataPoint... points) {
    return Metric.newBuilder()
        .setName(name)
        .setGauge(Gauge.newBuilder().addAllDataPoints(Arrays.asList(points)))
        .build();
  }

  /** A point of a sum or gauge with one attribute. */
  public static NumberDataPoint number(
      Instant start, Instant end, long value, String attribute, Object attributeValue) {
    AnyValue.Builder told = AnyValue.newBuilder();
    if (attributeValue instanceof Integer number) {
      told.setIntValue(number);
    } else {
      told.setStringValue(attributeValue.toString());
    }
    return NumberDataPoint.newBuilder()
        .setStartTimeUnixNano(nanos(start))
        .setTimeUnixNano(nanos(end))
        .setAsInt(value)
        .addAttributes(KeyValue.newBuilder().setKey(attribute).setValue(told))
        .build();
  }

  /** The same duration many times. */
  public static double[] times(int count, double seconds) {
    double[] all = new double[count];
    Arrays.fill(all, seconds);
    return all;
  }

  static List<KeyValue> attributes(String... pairs) {
    List<KeyValue> attributes = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      attributes.add(
          KeyValue.newBuilder()
              .setKey(pairs[i])
              .setValue(AnyValue.newBuilder().setStringValue(pairs[i + 1]))
              .build());
    }
    return attributes;
  }

  private static Metric histogram(
      String name, AggregationTemporality temporality, HistogramDataPoint.Builder... points) {
    Histogram.Builder histogram = Histogram.newBuilder().setAggregationTemporality(temporality);
    for (HistogramDataPoint.Builder point : points) {
      histogram.addDataPoints(point);
    }
    return Metric.newBuilder().setName(name).setUnit("s").setHistogram(histogram).build();
  }

  private static long nanos(Instant moment) {
    return moment.getEpochSecond() * 1_000_000_000L + moment.getNano();
  }
}
