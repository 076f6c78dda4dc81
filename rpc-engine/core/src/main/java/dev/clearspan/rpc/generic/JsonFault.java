package dev.clearspan.rpc.generic;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the field at fault in JSON that a parser refused, because protobuf's parser does not say
 * where it was. Tries the fields one by one, and goes down into the first that fails alone.
 */
final class JsonFault {
  private final JsonFormat.Parser parser;

  JsonFault(JsonFormat.Parser parser) {
    this.parser = parser;
  }

  /** Path of the field, such as "lines[2].quantity"; "" if the text is no JSON object. */
  String path(Descriptor type, String json) {
    Struct.Builder object = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(json, object);
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return "";
    }
    return in(type, object.build(), "");
  }

  private String in(Descriptor type, Struct object, String prefix) {
    for (Map.Entry<String, Value> entry : object.getFieldsMap().entrySet()) {
      String name = entry.getKey();
      if (!fits(type, name, entry.getValue())) {
        return inField(field(type, name), type, name, entry.getValue(), prefix + name);
      }
    }
    return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
  }

  private String inField(
      @Nullable FieldDescriptor field, Descriptor type, String name, Value value, String path) {
    if (field == null || field.isMapField()) {
      return path;
    }
    if (field.isRepeated() && value.hasListValue()) {
      for (int i = 0; i < value.getListValue().getValuesCount(); i++) {
        Value element = value.getListValue().getValues(i);
        if (!fits(type, name, listOf(element))) {
          return inValue(field, element, path + "[" + i + "]");
        }
      }
      return path;
    }
    return inValue(field, value, path);
  }

  private String inValue(FieldDescriptor field, Value value, String path) {
    boolean plainMessage =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && !field.getMessageType().getFullName().startsWith("google.protobuf.");
    return plainMessage && value.hasStructValue()
        ? in(field.getMessageType(), value.getStructValue(), path + ".")
        : path;
  }

  private boolean fits(Descriptor type, String name, Value value) {
    Struct alone = Struct.newBuilder().putFields(name, value).build();
    try {
      parser.merge(JsonFormat.printer().print(alone), DynamicMessage.newBuilder(type));
      return true;
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return false;
    }
  }

  private static Value listOf(Value element) {
    return Value.newBuilder().setListValue(ListValue.newBuilder().addValues(element)).build();
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    for (FieldDescriptor field : type.getFields()) {
      if (field.getName().equals(name) || field.getJsonName().equals(name)) {
        return field;
      }
    }
    return null;
  }
}
