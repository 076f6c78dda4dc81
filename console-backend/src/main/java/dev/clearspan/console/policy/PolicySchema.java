package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.policy.Expectation;
import dev.clearspan.rpc.policy.PolicyRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON schema (draft 2020-12) of policy documents, for editors: shape from policy.proto, ranges
 * from the checks, defaults from {@link PolicyDefaults}. Rules that compare fields with each other
 * are not in it; a number of 0 that counts as not set is marked, so that nobody takes it for one.
 */
public final class PolicySchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, Expectation> EXPECTATIONS = PolicyRules.expectations();
  private static final Set<String> SERVICE_ONLY = PolicyRules.serviceOnly();

  private final boolean ofMethod;

  private PolicySchema(boolean ofMethod) {
    this.ofMethod = ofMethod;
  }

  /** The schema; the same in every call of one version. */
  public static JsonNode document() {
    ObjectNode methods = NODES.objectNode().put("type", "object");
    methods.put("maxProperties", PolicyRules.MAX_METHODS);
    methods.put("description", "By full method name; wins over service, field by field.");
    methods.putObject("propertyNames").put("pattern", "^[A-Za-z_][\\w.]*/[A-Za-z_]\\w*$");
    methods.set("additionalProperties", new PolicySchema(true).message("", policy()));
    ObjectNode schema = NODES.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Clearspan: the policy of a service");
    schema.put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    properties.set("service", new PolicySchema(false).message("", policy()));
    properties.set("methods", methods);
    properties.set(GuardText.FIELD, guard());
    return schema;
  }

  /** What a person sets of it. */
  private static ObjectNode guard() {
    ObjectNode schema = NODES.objectNode().put("type", "object").put("additionalProperties", false);
    schema.put(
        "description",
        "Puts the policy on trial: it goes back by itself if calls do worse than this.");
    schema.putArray("anyOf").addObject().putArray("required").add("maxErrorShare");
    schema.withArray("anyOf").addObject().putArray("required").add("maxP99");
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("maxErrorShare")
        .put("type", "number")
        .put("exclusiveMinimum", 0)
        .put("exclusiveMaximum", 1);
    properties
        .putObject("maxP99")
        .put("type", "string")
        .put("pattern", SecondsPattern.between(0.001, 3_600));
    properties
        .putObject("minimumCalls")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", 10_000)
        .put("default", Guard.DEFAULT_MINIMUM_CALLS);
    properties
        .putObject("duration")
        .put("type", "string")
        .put("pattern", SecondsPattern.between(10, 900))
        .put("default", "60s");
    return schema;
  }

  private static Descriptor policy() {
    return Policy.getDescriptor();
  }

  private ObjectNode message(String prefix, Descriptor type) {
    ObjectNode schema = NODES.objectNode().put("type", "object").put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    for (FieldDescriptor field : type.getFields()) {
      String path = prefix + field.getJsonName();
      if (!ofMethod || !SERVICE_ONLY.contains(path)) {
        properties.set(field.getJsonName(), field(path, field));
      }
    }
    type.getRealOneofs().forEach(group -> alternatives(schema, group));
    return schema;
  }

  private static void alternatives(ObjectNode schema, OneofDescriptor group) {
    List<String> names = group.getFields().stream().map(FieldDescriptor::getJsonName).toList();
    ArrayNode allOf = schema.withArray("allOf");
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        ArrayNode both = allOf.addObject().putObject("not").putArray("required");
        both.add(names.get(i)).add(names.get(j));
      }
    }
  }

  private ObjectNode field(String path, FieldDescriptor field) {
    ObjectNode schema;
    if (field.isMapField()) {
      schema = NODES.objectNode().put("type", "object");
      FieldDescriptor value = field.getMessageType().findFieldByName("value");
      schema.set("additionalProperties", value(path + "[]", value));
    } else if (field.isRepeated()) {
      schema = NODES.objectNode().put("type", "array");
      schema.set("items", value(path + "[]", field));
    } else {
      schema = value(path, field);
    }
    if (EXPECTATIONS.get(path) instanceof Expectation.AtMost most) {
      schema.put("maxItems", most.entries());
    }
    describe(schema, path);
    return schema;
  }

  private static void describe(ObjectNode schema, String path) {
    JsonNode fallback = PolicyDefaults.byPath().get(path);
    if (fallback == null) {
      return;
    }
    if (fallback.isObject()) {
      schema.put("description", "Default by the method's kind: " + fallback);
    } else {
      schema.set("default", fallback);
    }
  }

  private ObjectNode value(String path, FieldDescriptor field) {
    Expectation expectation = EXPECTATIONS.get(path);
    ObjectNode schema = NODES.objectNode();
    return switch (field.getJavaType()) {
      case INT, LONG -> bounded(schema.put("type", "integer"), expectation);
      case FLOAT, DOUBLE -> bounded(schema.put("type", "number"), expectation);
      case BOOLEAN -> schema.put("type", "boolean");
      case ENUM -> words(schema, names(field));
      case MESSAGE -> part(path, field, expectation);
      default ->
          expectation instanceof Expectation.OneOf one
              ? words(schema, one.words())
              : schema.put("type", "string");
    };
  }

  private ObjectNode part(String path, FieldDescriptor field, @Nullable Expectation expected) {
    ObjectNode text = NODES.objectNode().put("type", "string");
    return switch (field.getMessageType().getFullName()) {
      case "google.protobuf.Duration" -> text.put("pattern", seconds(expected));
      case "google.protobuf.Timestamp" -> text.put("format", "date-time");
      default -> message(path + ".", field.getMessageType());
    };
  }

  private static String seconds(@Nullable Expectation expected) {
    return expected instanceof Expectation.Between range
        ? SecondsPattern.between(range.least(), range.most())
        : "^[0-9]+(\\.[0-9]+)?s$";
  }

  private static ObjectNode bounded(ObjectNode schema, @Nullable Expectation expected) {
    if (expected instanceof Expectation.Between range) {
      schema.set("minimum", number(range.least()));
      schema.set("maximum", number(range.most()));
    } else if (expected instanceof Expectation.Above range) {
      schema.set("exclusiveMinimum", number(range.bound()));
      schema.set("maximum", number(range.most()));
    }
    return schema;
  }

  private static JsonNode number(double value) {
    return value == Math.rint(value) ? NODES.numberNode((long) value) : NODES.numberNode(value);
  }

  private static ObjectNode words(ObjectNode schema, List<String> words) {
    ArrayNode values = schema.putArray("enum");
    words.forEach(values::add);
    return schema;
  }

  private static List<String> names(FieldDescriptor field) {
    return field.getEnumType().getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(value -> value.getName())
        .toList();
  }
}
