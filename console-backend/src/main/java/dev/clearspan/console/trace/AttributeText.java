package dev.clearspan.console.trace;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** OTLP's attributes as plain values. */
final class AttributeText {
  private AttributeText() {}

  /** In their order; values are String, Boolean, Long or Double. */
  static Map<String, Object> map(List<KeyValue> attributes) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (KeyValue attribute : attributes) {
      values.put(attribute.getKey(), plain(attribute.getValue()));
    }
    return values;
  }

  /** A value as String, Boolean, Long or Double. */
  static Object plain(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BYTES_VALUE -> HexFormat.of().formatHex(value.getBytesValue().toByteArray());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(element -> plain(element).toString())
              .collect(Collectors.joining(", ", "[", "]"));
      case KVLIST_VALUE ->
          value.getKvlistValue().getValuesList().stream()
              .map(entry -> entry.getKey() + ": " + plain(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> "";
    };
  }
}
