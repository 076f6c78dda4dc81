package dev.clearspan.etcd;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a JSON document says and a message type does not know: fields, by their path such as
 * {@code service.mirror}, and names of enum values, as {@code service.balancer.algorithm=RING}.
 */
final class UnknownFields {
  private static final int MAX_REPORTED = 64;

  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  /**
   * Compares the document to the type. At most 64 paths are reported.
   *
   * @throws InvalidProtocolBufferException if the text is no JSON object
   */
  static List<String> of(String json, Descriptor type) throws InvalidProtocolBufferException {
    JsonElement root = JsonParser.parseString(json);
    if (!root.isJsonObject()) {
      throw new InvalidProtocolBufferException("no object (expected: {...})");
    }
    UnknownFields search = new UnknownFields();
    search.compare(root.getAsJsonObject(), type, "");
    return List.copyOf(search.found);
  }

  private void compare(JsonObject object, Descriptor type, String path) {
    for (var entry : object.entrySet()) {
      String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      FieldDescriptor field = field(type, entry.getKey());
      if (field == null) {
        report(at);
      } else if (field.isMapField()) {
        compareMap(entry.getValue(), field.getMessageType().findFieldByName("value"), at);
      } else if (field.isRepeated() && entry.getValue().isJsonArray()) {
        int index = 0;
        for (JsonElement element : entry.getValue().getAsJsonArray()) {
          compareValue(element, field, at + "[" + index++ + "]");
        }
      } else {
        compareValue(entry.getValue(), field, at);
      }
    }
  }

  private void compareMap(JsonElement map, FieldDescriptor valueField, String path) {
    if (map.isJsonObject()) {
      for (var entry : map.getAsJsonObject().entrySet()) {
        compareValue(entry.getValue(), valueField, path + "[" + entry.getKey() + "]");
      }
    }
  }

  private void compareValue(JsonElement value, FieldDescriptor field, String path) {
    if (field.getJavaType() == JavaType.MESSAGE && value.isJsonObject()) {
      compare(value.getAsJsonObject(), field.getMessageType(), path);
    } else if (field.getJavaType() == JavaType.ENUM && isUnknownName(value, field)) {
      report(path + "=" + value.getAsString());
    }
  }

  private static boolean isUnknownName(JsonElement value, FieldDescriptor field) {
    return value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isString()
        && field.getEnumType().findValueByName(value.getAsString()) == null;
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJsonName().equals(name) || field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private void report(String path) {
    if (found.size() < MAX_REPORTED) {
      found.add(path.length() <= 200 ? path : path.substring(0, 200) + "...");
    }
  }
}
