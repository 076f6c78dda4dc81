package dev.clearspan.console.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Example messages in JSON: every field with a value that it may have, one field of each oneof;
 * messages within themselves are left empty. Not thread-safe.
 */
final class Skeletons {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 6;
  private static final int MOST_FIELDS = 300;

  /** Types of protobuf's own with a JSON form of their own. */
  private static final Map<String, Supplier<JsonNode>> OWN_FORM =
      Map.ofEntries(
          Map.entry("Timestamp", () -> JSON.textNode("2026-01-01T00:00:00Z")),
          Map.entry("Duration", () -> JSON.textNode("1s")),
          Map.entry("FieldMask", () -> JSON.textNode("")),
          Map.entry("Struct", JSON::objectNode),
          Map.entry("Value", JSON::nullNode),
          Map.entry("ListValue", JSON::arrayNode),
          Map.entry("Any", JSON::objectNode),
          Map.entry("DoubleValue", () -> JSON.numberNode(0)),
          Map.entry("FloatValue", () -> JSON.numberNode(0)),
          Map.entry("Int32Value", () -> JSON.numberNode(0)),
          Map.entry("UInt32Value", () -> JSON.numberNode(0)),
          Map.entry("Int64Value", () -> JSON.textNode("0")),
          Map.entry("UInt64Value", () -> JSON.textNode("0")),
          Map.entry("BoolValue", () -> JSON.booleanNode(false)),
          Map.entry("StringValue", () -> JSON.textNode("")),
          Map.entry("BytesValue", () -> JSON.textNode("")));

  private static final String OWN_PACKAGE = "google.protobuf.";

  private final Set<String> above = new HashSet<>();
  private int fields;

  /** An example of the type. */
  static JsonNode of(Descriptor type) {
    return new Skeletons().message(type);
  }

  private JsonNode message(Descriptor type) {
    Supplier<JsonNode> own =
        type.getFullName().startsWith(OWN_PACKAGE) ? OWN_FORM.get(type.getName()) : null;
    if (own != null) {
      return own.get();
    }
    ObjectNode message = JSON.objectNode();
    if (above.size() >= DEEPEST || !above.add(type.getFullName())) {
      return message;
    }
    Set<OneofDescriptor> chosen = new HashSet<>();
    for (FieldDescriptor field : type.getFields()) {
      OneofDescriptor oneof = field.getRealContainingOneof();
      if (fields < MOST_FIELDS && (oneof == null || chosen.add(oneof))) {
        fields++;
        message.set(field.getJsonName(), field(field));
      }
    }
    above.remove(type.getFullName());
    return message;
  }

  private JsonNode field(FieldDescriptor field) {
    if (field.isMapField()) {
      return JSON.objectNode();
    }
    if (field.isRepeated()) {
      ArrayNode list = JSON.arrayNode();
      boolean endless =
          field.getJavaType() == JavaType.MESSAGE
              && (above.contains(field.getMessageType().getFullName()) || above.size() >= DEEPEST);
      return endless ? list : list.add(value(field));
    }
    return value(field);
  }

  private JsonNode value(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, FLOAT, DOUBLE -> JSON.numberNode(0);
      case LONG -> JSON.textNode("0");
      case BOOLEAN -> JSON.booleanNode(false);
      case STRING, BYTE_STRING -> JSON.textNode("");
      case ENUM -> JSON.textNode(field.getEnumType().getValues().get(0).getName());
      case MESSAGE -> message(field.getMessageType());
    };
  }
}
