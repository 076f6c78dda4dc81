package dev.clearspan.console.intake;

import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts what is beyond the {@link SpanLimits}, and counts the cuts. For one request. */
final class SpanTrim {
  // No char takes more than 3 bytes in UTF-8 (a surrogate pair takes 4 for two).
  private static final int MOST_BYTES_PER_CHAR = 3;
  // So that the largest span, with its resource, is one value of the store.
  private static final int SPAN_BYTES = 128 << 10;
  private static final int EVENT_BYTES = 64 << 10;
  private static final int RESOURCE_BYTES = 32 << 10;
  private static final int LOG_BYTES = 16 << 10;

  private final SpanLimits limits;
  private int cuts;

  SpanTrim(SpanLimits limits) {
    this.limits = limits;
  }

  int cuts() {
    return cuts;
  }

  Resource trimmed(Resource resource) {
    return Resource.newBuilder()
        .addAllAttributes(attributes(resource.getAttributesList(), RESOURCE_BYTES))
        .build();
  }

  /** Of the scope only name and version are kept. */
  InstrumentationScope trimmed(InstrumentationScope scope) {
    return InstrumentationScope.newBuilder()
        .setName(text(scope.getName()))
        .setVersion(text(scope.getVersion()))
        .build();
  }

  SentSpan trimmed(SentSpan sent) {
    return isSmall(sent) ? sent : SentSpan.of(cut(sent.span()));
  }

  LogRecord trimmed(LogRecord log) {
    boolean small =
        log.getSerializedSize() <= limits.valueBytes()
            && log.getAttributesCount() <= limits.attributes();
    return small
        ? log
        : log.toBuilder()
            .setBody(value(log.getBody()))
            .setSeverityText(text(log.getSeverityText()))
            .setEventName(text(log.getEventName()))
            .clearAttributes()
            .addAllAttributes(attributes(log.getAttributesList(), LOG_BYTES))
            .build();
  }

  /** Whether nothing in it can be beyond a limit: no part of it is larger than the whole. */
  private boolean isSmall(SentSpan sent) {
    Span span = sent.span();
    return sent.bytes().size() <= limits.valueBytes()
        && span.getAttributesCount() <= limits.attributes()
        && span.getLinksCount() == 0
        && span.getEventsCount() <= limits.events()
        && span.getEventsList().stream()
            .allMatch(event -> event.getAttributesCount() <= limits.attributes());
  }

  private Span cut(Span span) {
    Span.Builder kept = span.toBuilder();
    kept.setName(text(span.getName())).setTraceState(text(span.getTraceState()));
    kept.clearAttributes().addAllAttributes(attributes(span.getAttributesList(), SPAN_BYTES));
    kept.clearEvents().addAllEvents(events(span.getEventsList()));
    kept.clearLinks().addAllLinks(links(span.getLinksList()));
    if (span.hasStatus()) {
      kept.getStatusBuilder().setMessage(text(span.getStatus().getMessage()));
    }
    return kept.build();
  }

  private List<Span.Event> events(List<Span.Event> events) {
    List<Span.Event> kept = new ArrayList<>();
    for (Span.Event event : first(events, limits.events())) {
      kept.add(
          event.toBuilder()
              .setName(text(event.getName()))
              .clearAttributes()
              .addAllAttributes(attributes(event.getAttributesList(), EVENT_BYTES))
              .build());
    }
    return within(kept, EVENT_BYTES);
  }

  private List<Span.Link> links(List<Span.Link> links) {
    List<Span.Link> kept = new ArrayList<>();
    for (Span.Link link : first(links, limits.events())) {
      kept.add(
          link.toBuilder()
              .setTraceState(text(link.getTraceState()))
              .clearAttributes()
              .addAllAttributes(attributes(link.getAttributesList(), EVENT_BYTES))
              .build());
    }
    return within(kept, EVENT_BYTES);
  }

  private List<KeyValue> attributes(List<KeyValue> attributes, int bytes) {
    List<KeyValue> kept = new ArrayList<>();
    for (KeyValue attribute : first(attributes, limits.attributes())) {
      String key = text(attribute.getKey());
      AnyValue value = value(attribute.getValue());
      boolean unchanged = key.equals(attribute.getKey()) && value.equals(attribute.getValue());
      kept.add(unchanged ? attribute : KeyValue.newBuilder().setKey(key).setValue(value).build());
    }
    return within(kept, bytes);
  }

  private <T extends Message> List<T> within(List<T> messages, int bytes) {
    int size = 0;
    for (int i = 0; i < messages.size(); i++) {
      size += messages.get(i).getSerializedSize();
      if (size > bytes) {
        return first(messages, i);
      }
    }
    return messages;
  }

  private AnyValue value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> {
        String kept = text(value.getStringValue());
        yield kept.length() == value.getStringValue().length()
            ? value
            : AnyValue.newBuilder().setStringValue(kept).build();
      }
      case ARRAY_VALUE, KVLIST_VALUE, BYTES_VALUE -> composite(value);
      default -> value;
    };
  }

  private AnyValue composite(AnyValue value) {
    int size = value.getSerializedSize();
    if (size <= limits.valueBytes()) {
      return value;
    }
    cuts++;
    return AnyValue.newBuilder().setStringValue("(cut: a value of " + size + " bytes)").build();
  }

  String text(String text) {
    if (text.length() <= limits.valueBytes() / MOST_BYTES_PER_CHAR) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= limits.valueBytes()) {
      return text;
    }
    cuts++;
    int end = limits.valueBytes();
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private <T> List<T> first(List<T> values, int limit) {
    if (values.size() <= limit) {
      return values;
    }
    cuts += values.size() - limit;
    return values.subList(0, limit);
  }
}
