package dev.clearspan.console.metric;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attributes of a point or a resource, as text. */
public final class Labels {
  private final Map<String, String> values = new HashMap<>();

  public Labels(List<KeyValue> attributes) {
    for (KeyValue attribute : attributes) {
      values.put(attribute.getKey(), text(attribute.getValue()));
    }
  }

  /** The value, or empty text if there is none. */
  public String get(String key) {
    return values.getOrDefault(key, "");
  }

  /** The first of these that has a value, or empty text. */
  public String first(String key, String otherKey) {
    String value = get(key);
    return value.isEmpty() ? get(otherKey) : value;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      default -> "";
    };
  }
}
