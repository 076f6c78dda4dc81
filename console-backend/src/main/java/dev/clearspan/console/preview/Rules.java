package dev.clearspan.console.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.preview.RuleChange.Layer;
import dev.clearspan.console.preview.RuleChange.Setting;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.MethodPolicy;
import dev.clearspan.rpc.policy.PolicyLayers;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one document says about one method, field by field, and which layer says it. */
final class Rules {
  private final Map<String, JsonNode> own;
  private final Map<String, JsonNode> service;
  private final SortedMap<String, JsonNode> merged;
  private final JsonNode defaults;
  private final MethodPolicy policy;

  private Rules(ServicePolicy document, String method, JsonNode defaults) {
    Policy layers = PolicyLayers.merge(document, Policy.getDefaultInstance(), method);
    this.own = fields(document.getMethodsOrDefault(method, Policy.getDefaultInstance()));
    this.service = fields(document.getService());
    this.merged = fields(layers);
    this.defaults = defaults;
    this.policy = MethodPolicy.of(layers);
  }

  /** {@code defaults} is what holds where no document says anything. */
  static Rules of(ServicePolicy document, String method, JsonNode defaults) {
    return new Rules(document, method, defaults);
  }

  /** As clients read it whose code says nothing. */
  MethodPolicy policy() {
    return policy;
  }

  /** The fields that a document sets. */
  SortedMap<String, JsonNode> merged() {
    return merged;
  }

  Setting setting(String field) {
    JsonNode value = merged.get(field);
    if (value == null) {
      JsonNode built = defaults.at("/" + field.replace('.', '/'));
      return new Setting(built.isMissingNode() ? null : built, Layer.CODE_OR_DEFAULT);
    }
    boolean byMethod = own.containsKey(field);
    if (!byMethod && !service.containsKey(field)) {
      throw new IllegalStateException(field + " is set by no layer (expected: one that sets it)");
    }
    return new Setting(value, byMethod ? Layer.METHOD : Layer.SERVICE);
  }

  private static SortedMap<String, JsonNode> fields(Policy policy) {
    SortedMap<String, JsonNode> found = new TreeMap<>();
    try {
      collect("", Json.lenient(JsonFormat.printer().print(policy)), found);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a policy that was read has no JSON form", e);
    }
    return found;
  }

  private static void collect(String path, JsonNode json, Map<String, JsonNode> found) {
    json.properties()
        .forEach(
            entry -> {
              String field = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
              if (entry.getValue().isObject()) {
                collect(field, entry.getValue(), found);
              } else {
                found.put(field, entry.getValue());
              }
            });
  }
}
