package dev.clearspan.tracing.internal.span;

import dev.clearspan.tracing.internal.record.Detail;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What user code adds to the span of its call: at most 128 attributes and 128 events, texts cut at
 * 4 KiB. Thread-safe.
 */
final class SpanNotes implements Detail.Notes {
  static final int MOST = 128;
  static final int LONGEST_TEXT = 4_096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AttributeKey<?>, Object> attributes = new LinkedHashMap<>();
  private final List<EventData> events = new ArrayList<>();
  private int eventsAdded;
  private int bytes = 64;
  private StatusData status = StatusData.unset();
  private @Nullable String name;

  <T> void attribute(AttributeKey<T> key, @Nullable T value) {
    if (value == null || key.getKey().isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (attributes.size() < MOST || attributes.containsKey(key)) {
        Object bounded = cut(value);
        attributes.put(key, bounded);
        bytes += sizeOf(key, bounded);
      }
    } finally {
      lock.unlock();
    }
  }

  void event(String eventName, Attributes with, long epochNanos) {
    lock.lock();
    try {
      eventsAdded++;
      if (events.size() < MOST) {
        Attributes bounded = cut(with);
        events.add(EventData.create(epochNanos, cut(eventName), bounded, with.size()));
        bounded.forEach((key, value) -> bytes += sizeOf(key, value));
        bytes += 64 + eventName.length();
      }
    } finally {
      lock.unlock();
    }
  }

  void status(StatusCode code, String description) {
    lock.lock();
    try {
      if (status.getStatusCode() != StatusCode.OK) {
        status = StatusData.create(code, cut(description));
      }
    } finally {
      lock.unlock();
    }
  }

  void name(String value) {
    lock.lock();
    try {
      name = cut(value);
    } finally {
      lock.unlock();
    }
  }

  void addTo(AttributesBuilder builder) {
    lock.lock();
    try {
      attributes.forEach((key, value) -> put(builder, key, value));
    } finally {
      lock.unlock();
    }
  }

  List<EventData> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  int eventsAdded() {
    lock.lock();
    try {
      return eventsAdded;
    } finally {
      lock.unlock();
    }
  }

  StatusData status() {
    lock.lock();
    try {
      return status;
    } finally {
      lock.unlock();
    }
  }

  /** What the span is to be called; null: as usual. */
  @Nullable String name() {
    lock.lock();
    try {
      return name;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  private static Attributes cut(Attributes with) {
    AttributesBuilder builder = Attributes.builder();
    int[] taken = new int[1];
    with.forEach(
        (key, value) -> {
          if (taken[0]++ < MOST) {
            put(builder, key, cut(value));
          }
        });
    return builder.build();
  }

  @SuppressWarnings("unchecked") // a key's value was checked when it was added
  private static <T> void put(AttributesBuilder builder, AttributeKey<?> key, Object value) {
    builder.put((AttributeKey<T>) key, (T) value);
  }

  private static Object cut(Object value) {
    if (value instanceof String text) {
      return cut(text);
    }
    if (value instanceof List<?> list) {
      return list.stream().limit(MOST).map(SpanNotes::cut).toList();
    }
    return value;
  }

  static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  private static int sizeOf(AttributeKey<?> key, Object value) {
    int text = key.getKey().length();
    if (key.getType() == AttributeType.STRING) {
      text += value.toString().length();
    } else if (value instanceof List<?> list) {
      text += list.stream().mapToInt(each -> each.toString().length() + 8).sum();
    }
    return 48 + 2 * text;
  }
}
