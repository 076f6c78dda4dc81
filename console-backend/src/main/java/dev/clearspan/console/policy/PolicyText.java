package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.ServicePolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads policy documents that people wrote, and says exactly which field is wrong. Unknown fields
 * are refused here, though clients skip them: a typo must not become a rule without effect.
 */
final class PolicyText {
  private PolicyText() {}

  /** The document; 422 naming the field when it is not one. */
  static ServicePolicy parse(JsonNode json) {
    if (!json.isObject()) {
      throw ProblemException.invalid("policy", "not an object (expected: a policy document)");
    }
    checkMessage("", ServicePolicy.getDescriptor(), json);
    ServicePolicy.Builder policy = ServicePolicy.newBuilder();
    try {
      JsonFormat.parser().merge(Json.write(json), policy);
    } catch (InvalidProtocolBufferException e) {
      throw ProblemException.invalid("policy", String.valueOf(e.getMessage()));
    }
    return policy.build();
  }

  private static void checkMessage(String path, Descriptor type, JsonNode json) {
    json.fields()
        .forEachRemaining(
            entry -> {
              String fieldPath = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
              FieldDescriptor field =
                  find(type, entry.getKey()).orElseThrow(() -> unknown(fieldPath, type));
              checkAlone(fieldPath, field, json);
              checkField(fieldPath, field, entry.getValue());
            });
  }

  /** Of a group of alternatives a document sets one. */
  private static void checkAlone(String path, FieldDescriptor field, JsonNode json) {
    OneofDescriptor group = field.getRealContainingOneof();
    if (group == null) {
      return;
    }
    List<String> set =
        group.getFields().stream()
            .map(FieldDescriptor::getJsonName)
            .filter(name -> json.hasNonNull(name))
            .toList();
    if (set.size() > 1) {
      throw ProblemException.invalid(
          path, "set beside others (expected: one of " + String.join(", ", set) + ")");
    }
  }

  private static void checkField(String path, FieldDescriptor field, JsonNode value) {
    if (field.isMapField() && value.isObject()) {
      Descriptor type = field.getMessageType().findFieldByName("value").getMessageType();
      value
          .fields()
          .forEachRemaining(
              entry -> checkMessage(path + "[\"" + entry.getKey() + "\"]", type, entry.getValue()));
    } else if (isPart(field) && value.isArray() && field.isRepeated()) {
      for (int i = 0; i < value.size(); i++) {
        checkElement(path + "[" + i + "]", field.getMessageType(), value.get(i));
      }
    } else if (isPart(field) && value.isObject()) {
      checkMessage(path, field.getMessageType(), value);
    } else {
      checkValue(path, field, value);
    }
  }

  private static void checkElement(String path, Descriptor type, JsonNode value) {
    if (!value.isObject()) {
      throw ProblemException.invalid(path, value + " (expected: an object)");
    }
    checkMessage(path, type, value);
  }

  /** A message of ours, not a duration, which is text in JSON. */
  private static boolean isPart(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.getMessageType().getFile().getPackage().equals("clearspan");
  }

  private static void checkValue(String path, FieldDescriptor field, JsonNode value) {
    DynamicMessage.Builder alone = DynamicMessage.newBuilder(field.getContainingType());
    try {
      JsonFormat.parser()
          .merge("{" + Json.write(field.getJsonName()) + ":" + Json.write(value) + "}", alone);
    } catch (InvalidProtocolBufferException e) {
      throw ProblemException.invalid(path, value + " (expected: " + expected(field) + ")");
    }
  }

  private static Optional<FieldDescriptor> find(Descriptor type, String name) {
    return type.getFields().stream()
        .filter(field -> field.getJsonName().equals(name) || field.getName().equals(name))
        .findFirst();
  }

  private static ProblemException unknown(String path, Descriptor type) {
    List<String> known = type.getFields().stream().map(FieldDescriptor::getJsonName).toList();
    return ProblemException.invalid(
        path, "unknown field (known: " + String.join(", ", known) + ")");
  }

  private static String expected(FieldDescriptor field) {
    String one =
        switch (field.getJavaType()) {
          case INT, LONG -> "a whole number";
          case FLOAT, DOUBLE -> "a number";
          case BOOLEAN -> "true or false";
          case ENUM ->
              field.getEnumType().getValues().stream()
                  .filter(value -> value.getNumber() != 0)
                  .map(value -> value.getName())
                  .collect(Collectors.joining(" or "));
          case MESSAGE ->
              switch (field.getMessageType().getFullName()) {
                case "google.protobuf.Duration" -> "a duration such as \"1.5s\"";
                case "google.protobuf.Timestamp" -> "a moment such as \"2026-11-22T12:00:00Z\"";
                default -> "an object";
              };
          default -> "text";
        };
    return field.isRepeated() && !field.isMapField() ? "a list of: " + one : one;
  }
}
