package dev.clearspan.rpc.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.ServicePolicy;

/**
 * Puts a policy's layers on top of each other, field by field: the method's entry in the document
 * wins over the document's service part, that over the caller's code, that over the built-in
 * default.
 */
public final class PolicyLayers {
  private PolicyLayers() {}

  /**
   * What the layers say about a method, defaults filled in.
   *
   * @param document the service's policy as operators set it
   * @param code what the caller's code asks for
   * @param method full name
   */
  public static MethodPolicy resolve(ServicePolicy document, Policy code, String method) {
    return MethodPolicy.of(merge(document, code, method));
  }

  /** The layers as one document; what none of them sets stays unset. */
  public static Policy merge(ServicePolicy document, Policy code, String method) {
    Policy.Builder merged = code.toBuilder();
    override(merged, document.getService());
    Policy own = document.getMethodsMap().get(method);
    if (own != null) {
      override(merged, own);
    }
    return merged.build();
  }

  /**
   * Replaces what {@code upper} sets. Not {@link Message.Builder#mergeFrom(Message)}: that would
   * append lists, and add the nanoseconds of one duration to the seconds of another.
   */
  private static void override(Message.Builder lower, Message upper) {
    upper
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (isPart(field)) {
                override(lower.getFieldBuilder(field), (Message) value);
              } else {
                lower.setField(field, value);
              }
            });
  }

  static boolean isPart(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && !field.getMessageType().equals(Duration.getDescriptor());
  }
}
