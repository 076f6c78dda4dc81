package dev.clearspan.tracing.testing;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Flattens OTLP requests into spans and points. */
final class OtlpDecoder {
  private OtlpDecoder() {}

  static List<CollectedSpan> spans(ExportTraceServiceRequest request) {
    List<CollectedSpan> spans = new ArrayList<>();
    for (var resource : request.getResourceSpansList()) {
      Map<String, Object> process = attributes(resource.getResource().getAttributesList());
      for (var scope : resource.getScopeSpansList()) {
        scope
            .getSpansList()
            .forEach(
                span ->
                    spans.add(
                        new CollectedSpan(process, attributes(span.getAttributesList()), span)));
      }
    }
    return spans;
  }

  static List<CollectedPoint> points(ExportMetricsServiceRequest request) {
    List<CollectedPoint> points = new ArrayList<>();
    for (var resource : request.getResourceMetricsList()) {
      String service =
          String.valueOf(
              attributes(resource.getResource().getAttributesList()).get("service.name"));
      for (var scope : resource.getScopeMetricsList()) {
        scope.getMetricsList().forEach(metric -> points.addAll(points(service, metric)));
      }
    }
    return points;
  }

  private static List<CollectedPoint> points(String service, Metric metric) {
    List<CollectedPoint> points = new ArrayList<>();
    if (metric.hasHistogram()) {
      String temporality = temporality(metric.getHistogram().getAggregationTemporality());
      metric
          .getHistogram()
          .getDataPointsList()
          .forEach(point -> points.add(histogram(service, metric, temporality, point)));
    } else if (metric.hasSum()) {
      String type = metric.getSum().getIsMonotonic() ? "counter" : "up_down";
      String temporality = temporality(metric.getSum().getAggregationTemporality());
      metric
          .getSum()
          .getDataPointsList()
          .forEach(point -> points.add(number(service, metric, type, temporality, point)));
    } else {
      metric
          .getGauge()
          .getDataPointsList()
          .forEach(point -> points.add(number(service, metric, "gauge", "", point)));
    }
    return points;
  }

  private static CollectedPoint histogram(
      String service, Metric metric, String temporality, HistogramDataPoint point) {
    return new CollectedPoint(
        service,
        metric.getName(),
        metric.getUnit(),
        metric.getDescription(),
        "histogram",
        temporality,
        attributes(point.getAttributesList()),
        point.getCount(),
        point.getSum(),
        point.getExplicitBoundsList(),
        point.getBucketCountsList(),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano());
  }

  private static CollectedPoint number(
      String service, Metric metric, String type, String temporality, NumberDataPoint point) {
    double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    return new CollectedPoint(
        service,
        metric.getName(),
        metric.getUnit(),
        metric.getDescription(),
        type,
        temporality,
        attributes(point.getAttributesList()),
        value,
        value,
        List.of(),
        List.of(),
        point.getStartTimeUnixNano(),
        point.getTimeUnixNano());
  }

  private static String temporality(AggregationTemporality temporality) {
    return temporality.name().replace("AGGREGATION_TEMPORALITY_", "");
  }

  private static Map<String, Object> attributes(List<KeyValue> pairs) {
    Map<String, Object> attributes = new TreeMap<>();
    pairs.forEach(pair -> attributes.put(pair.getKey(), value(pair.getValue())));
    return attributes;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(OtlpDecoder::value).toList();
      default -> value.getStringValue();
    };
  }
}
