package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.policy.EffectivePolicy.Field;
import dev.clearspan.console.policy.EffectivePolicy.OfCaller;
import dev.clearspan.console.policy.EffectivePolicy.Origin;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.CodePolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.PolicyLayers;
import dev.clearspan.rpc.policy.PolicyOrigins;
import dev.clearspan.rpc.policy.PolicyOrigins.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Works out which layer wins in each field, by the clients' own rules. */
final class EffectivePolicies {
  private final ServicePolicy document;
  private final String method;
  private final SortedMap<String, Policy> codeByCaller;

  private EffectivePolicies(
      ServicePolicy document, String method, SortedMap<String, Policy> codeByCaller) {
    this.document = document;
    this.method = method;
    this.codeByCaller = codeByCaller;
  }

  static EffectivePolicy of(RegistrySnapshot snapshot, String service, String method) {
    Stored<ServicePolicy> stored = snapshot.policies().get(service);
    ServicePolicy document = stored == null ? ServicePolicy.getDefaultInstance() : stored.value();
    return new EffectivePolicy(
        service,
        method,
        stored == null ? 0 : stored.revision(),
        new EffectivePolicies(document, method, code(snapshot, service)).fields());
  }

  /** What the callers' processes say that their code asks for; one a caller. */
  private static SortedMap<String, Policy> code(RegistrySnapshot snapshot, String service) {
    SortedMap<String, Policy> found = new TreeMap<>();
    for (Stored<ProcessStatus> status : snapshot.statuses().values()) {
      for (CodePolicy code : status.value().getCodeList()) {
        if (code.getService().equals(service)) {
          found.putIfAbsent(status.value().getService(), code.getPolicy());
        }
      }
    }
    return found;
  }

  private List<Field> fields() {
    Map<String, Layer> set = PolicyOrigins.of(document, Policy.getDefaultInstance(), method);
    Map<String, List<OfCaller>> ofCallers = ofCallers();
    JsonNode values = json(PolicyLayers.merge(document, Policy.getDefaultInstance(), method));
    TreeSet<String> paths = new TreeSet<>(PolicyDefaults.byPath().keySet());
    paths.addAll(set.keySet());
    paths.addAll(ofCallers.keySet());
    return paths.stream()
        .map(path -> field(path, set.get(path), values, ofCallers.getOrDefault(path, List.of())))
        .toList();
  }

  private static Field field(
      String path, @Nullable Layer layer, JsonNode values, List<OfCaller> callers) {
    if (layer != null) {
      return new Field(path, at(values, path), Origin.valueOf(layer.name()), callers);
    }
    JsonNode fallback = PolicyDefaults.byPath().get(path);
    return fallback == null
        ? new Field(path, NullNode.instance, Origin.CODE, callers)
        : new Field(path, fallback, Origin.DEFAULT, callers);
  }

  private Map<String, List<OfCaller>> ofCallers() {
    Map<String, List<OfCaller>> found = new TreeMap<>();
    codeByCaller.forEach(
        (caller, code) -> {
          JsonNode values = json(PolicyLayers.merge(document, code, method));
          PolicyOrigins.of(document, code, method)
              .forEach(
                  (path, layer) -> {
                    if (layer == Layer.CODE) {
                      found
                          .computeIfAbsent(path, absent -> new ArrayList<>())
                          .add(new OfCaller(caller, at(values, path)));
                    }
                  });
        });
    return found;
  }

  private static JsonNode at(JsonNode values, String path) {
    return values.at("/" + path.replace('.', '/'));
  }

  private static JsonNode json(Policy policy) {
    try {
      return Json.lenient(JsonFormat.printer().print(policy));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a policy that was read has no JSON form", e);
    }
  }
}
