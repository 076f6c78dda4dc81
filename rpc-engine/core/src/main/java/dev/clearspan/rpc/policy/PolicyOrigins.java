package dev.clearspan.rpc.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;
import java.util.Map;
import java.util.TreeMap;

/** Tells which of the layers that {@link PolicyLayers} merges each field's value comes from. */
public final class PolicyOrigins {
  private final Map<String, Layer> origins = new TreeMap<>();

  /** Where a value stands, the strongest first. */
  public enum Layer {
    /** The method's entry in the document. */
    METHOD,
    /** The document's service part. */
    SERVICE,
    /** The caller's code. */
    CODE,
    /** Nowhere: the built-in default. */
    DEFAULT
  }

  private PolicyOrigins() {}

  /**
   * The layer of every field that one of them sets, by path such as {@code retry.maxAttempts}; all
   * others have the built-in default.
   *
   * @param method full name; one without an entry of its own has what the service part says
   */
  public static Map<String, Layer> of(ServicePolicy document, Policy code, String method) {
    PolicyOrigins found = new PolicyOrigins();
    found.put("", code, Layer.CODE);
    found.put("", document.getService(), Layer.SERVICE);
    Policy own = document.getMethodsMap().get(method);
    if (own != null) {
      found.put("", own, Layer.METHOD);
    }
    return Map.copyOf(found.origins);
  }

  private void put(String prefix, Message part, Layer layer) {
    part.getAllFields()
        .forEach(
            (field, value) -> {
              String path = prefix + field.getJsonName();
              if (PolicyLayers.isPart(field)) {
                put(path + ".", (Message) value, layer);
              } else {
                forgetAlternatives(prefix, field);
                origins.put(path, layer);
              }
            });
  }

  private void forgetAlternatives(String prefix, FieldDescriptor field) {
    OneofDescriptor group = field.getRealContainingOneof();
    if (group != null) {
      group.getFields().forEach(other -> origins.remove(prefix + other.getJsonName()));
    }
  }
}
