package dev.clearspan.console.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** OTLP spans as a Jaeger shows them; for {@link JaegerStandIn}, which names the sources. */
final class JaegerSpanJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JaegerSpanJson() {}

  /** Each span with its process within. */
  static List<ObjectNode> of(List<ResourceSpans> batch) {
    List<ObjectNode> spans = new ArrayList<>();
    for (ResourceSpans resource : batch) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          ObjectNode json = span(span);
          json.set("process", process(resource.getResource().getAttributesList()));
          spans.add(json);
        }
      }
    }
    return spans;
  }

  private static ObjectNode process(List<KeyValue> attributes) {
    ObjectNode process = JSON.createObjectNode();
    ArrayNode tags = process.putArray("tags");
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals("service.name")) {
        process.put("serviceName", attribute.getValue().getStringValue());
      } else {
        tag(tags, attribute);
      }
    }
    return process;
  }

  private static ObjectNode span(Span span) {
    String trace = hex(span.getTraceId());
    ObjectNode json =
        JSON.createObjectNode()
            .put("traceID", trace)
            .put("spanID", hex(span.getSpanId()))
            .put("operationName", span.getName())
            .put("startTime", span.getStartTimeUnixNano() / 1_000)
            .put("duration", (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1_000);
    ArrayNode references = json.putArray("references");
    if (!span.getParentSpanId().isEmpty()) {
      references
          .addObject()
          .put("refType", "CHILD_OF")
          .put("traceID", trace)
          .put("spanID", hex(span.getParentSpanId()));
    }
    for (Span.Link link : span.getLinksList()) {
      references
          .addObject()
          .put("refType", "FOLLOWS_FROM")
          .put("traceID", hex(link.getTraceId()))
          .put("spanID", hex(link.getSpanId()));
    }
    tags(json.putArray("tags"), span);
    logs(json.putArray("logs"), span);
    return json;
  }

  private static void tags(ArrayNode tags, Span span) {
    span.getAttributesList().forEach(attribute -> tag(tags, attribute));
    String kind = span.getKind().name().replace("SPAN_KIND_", "").toLowerCase(Locale.ROOT);
    text(tags, "span.kind", kind);
    Status status = span.getStatus();
    if (status.getCode() == Status.StatusCode.STATUS_CODE_ERROR) {
      tags.addObject().put("key", "error").put("type", "bool").put("value", true);
      text(tags, "otel.status_code", "ERROR");
    } else if (status.getCode() == Status.StatusCode.STATUS_CODE_OK) {
      text(tags, "otel.status_code", "OK");
    }
    if (!status.getMessage().isEmpty()) {
      text(tags, "otel.status_description", status.getMessage());
    }
    text(tags, "internal.span.format", "otlp");
  }

  private static void logs(ArrayNode logs, Span span) {
    for (Span.Event event : span.getEventsList()) {
      ObjectNode log = logs.addObject().put("timestamp", event.getTimeUnixNano() / 1_000);
      ArrayNode fields = log.putArray("fields");
      text(fields, "event", event.getName());
      event.getAttributesList().forEach(attribute -> tag(fields, attribute));
    }
  }

  private static void tag(ArrayNode tags, KeyValue attribute) {
    AnyValue value = attribute.getValue();
    ObjectNode tag = tags.addObject().put("key", attribute.getKey());
    switch (value.getValueCase()) {
      case BOOL_VALUE -> tag.put("type", "bool").put("value", value.getBoolValue());
      case INT_VALUE -> tag.put("type", "int64").put("value", value.getIntValue());
      case DOUBLE_VALUE -> tag.put("type", "float64").put("value", value.getDoubleValue());
      default -> tag.put("type", "string").put("value", value.getStringValue());
    }
  }

  private static void text(ArrayNode tags, String key, String value) {
    tags.addObject().put("key", key).put("type", "string").put("value", value);
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
