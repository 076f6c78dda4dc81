package dev.clearspan.console.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * OTLP's JSON: protobuf's mapping, but trace and span ids are hex, enums are numbers, and unknown
 * fields are skipped (OpenTelemetry protocol specification, "JSON Protobuf Encoding"). Thread-safe.
 */
final class OtlpJson {
  private static final int MAX_DEPTH = 100;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();
  private static final Set<String> HEX_FIELDS = Set.of("trace_id", "span_id", "parent_span_id");
  private static final Map<String, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

  private OtlpJson() {}

  /**
   * Fills the message from one JSON object.
   *
   * @throws IOException if it is no such object; the message says where and what was expected
   */
  static void merge(byte[] json, Message.Builder target) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      message(parser, target);
      if (parser.nextToken() != null) {
        throw unexpected(parser, "the end of the body");
      }
    } catch (IllegalArgumentException e) {
      // From hex, base64 and number parsers.
      throw new IOException("a value cannot be read: " + e.getMessage(), e);
    }
  }

  private static void message(JsonParser parser, Message.Builder target) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(parser, "an object");
    }
    Map<String, FieldDescriptor> fields = fieldsOf(target);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldDescriptor field = fields.get(parser.currentName());
      parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
        field(parser, target, field);
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw unexpected(parser, "a field name or }");
    }
  }

  private static Map<String, FieldDescriptor> fieldsOf(Message.Builder target) {
    return FIELDS.computeIfAbsent(
        target.getDescriptorForType().getFullName(),
        name -> {
          Map<String, FieldDescriptor> fields = new HashMap<>();
          for (FieldDescriptor field : target.getDescriptorForType().getFields()) {
            fields.put(field.getJsonName(), field);
            fields.put(field.getName(), field);
          }
          return fields;
        });
  }

  private static void field(JsonParser parser, Message.Builder target, FieldDescriptor field)
      throws IOException {
    if (!field.isRepeated()) {
      target.setField(field, value(parser, target, field));
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw unexpected(parser, "an array for " + field.getJsonName());
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      target.addRepeatedField(field, value(parser, target, field));
    }
  }

  private static Object value(JsonParser parser, Message.Builder target, FieldDescriptor field)
      throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      Message.Builder child = target.newBuilderForField(field);
      message(parser, child);
      return child.build();
    }
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue()) {
      throw unexpected(parser, "a value for " + field.getJsonName());
    }
    String text = parser.getText();
    return switch (field.getJavaType()) {
      case STRING -> text;
      case BOOLEAN -> bool(parser, field);
      case INT -> integer(field, text);
      case LONG -> isUnsigned(field) ? Long.parseUnsignedLong(text) : Long.parseLong(text);
      case DOUBLE -> number(text);
      case FLOAT -> (float) number(text);
      case BYTE_STRING -> bytes(field, text);
      case ENUM -> enumValue(field, text);
      case MESSAGE -> throw new AssertionError("messages are read above");
    };
  }

  private static boolean bool(JsonParser parser, FieldDescriptor field) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw unexpected(parser, "true or false for " + field.getJsonName());
    };
  }

  private static int integer(FieldDescriptor field, String text) {
    return isUnsigned(field) ? Integer.parseUnsignedInt(text) : Integer.parseInt(text);
  }

  private static boolean isUnsigned(FieldDescriptor field) {
    return switch (field.getType()) {
      case UINT32, UINT64, FIXED32, FIXED64 -> true;
      default -> false;
    };
  }

  private static double number(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static ByteString bytes(FieldDescriptor field, String text) {
    byte[] bytes =
        HEX_FIELDS.contains(field.getName())
            ? HexFormat.of().parseHex(text)
            : Base64.getDecoder().decode(text);
    return ByteString.copyFrom(bytes);
  }

  private static EnumValueDescriptor enumValue(FieldDescriptor field, String text) {
    EnumValueDescriptor named = field.getEnumType().findValueByName(text);
    return named != null
        ? named
        : field.getEnumType().findValueByNumberCreatingIfUnknown(Integer.parseInt(text));
  }

  private static IOException unexpected(JsonParser parser, String expected) throws IOException {
    @Nullable JsonToken found = parser.currentToken();
    return new IOException(
        "line "
            + parser.currentTokenLocation().getLineNr()
            + ", column "
            + parser.currentTokenLocation().getColumnNr()
            + ": "
            + (found == null ? "end of body" : found)
            + " (expected: "
            + expected
            + ")");
  }
}
