package dev.clearspan.rpc.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.clearspan.protocol.Policy;
import java.util.List;
import java.util.stream.IntStream;

/** Policies in which every field is set, to whatever value; of alternatives, one in each. */
final class FullPolicies {
  /** No field of a policy is one of more alternatives. */
  private static final int MOST_ALTERNATIVES = 4;

  private final int alternative;

  private FullPolicies(int alternative) {
    this.alternative = alternative;
  }

  static List<Policy> all() {
    return IntStream.range(0, MOST_ALTERNATIVES)
        .mapToObj(i -> (Policy) new FullPolicies(i).fill(Policy.newBuilder()).build())
        .toList();
  }

  private Message.Builder fill(Message.Builder message) {
    Descriptor type = message.getDescriptorForType();
    for (FieldDescriptor field : type.getFields()) {
      if (isChosen(field) && !field.isMapField()) {
        Object value = field.getJavaType() == JavaType.MESSAGE ? part(message, field) : one(field);
        if (field.isRepeated()) {
          message.addRepeatedField(field, value);
        } else {
          message.setField(field, value);
        }
      }
    }
    return message;
  }

  private boolean isChosen(FieldDescriptor field) {
    OneofDescriptor group = field.getRealContainingOneof();
    return group == null || group.getField(alternative % group.getFieldCount()).equals(field);
  }

  private Message part(Message.Builder message, FieldDescriptor field) {
    return fill(message.newBuilderForField(field)).build();
  }

  private static Object one(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> 1;
      case LONG -> 1L;
      case FLOAT -> 1f;
      case DOUBLE -> 1d;
      case BOOLEAN -> true;
      case STRING -> "x";
      case ENUM -> last(field.getEnumType());
      default -> throw new IllegalStateException(field + " (expected: none of its type)");
    };
  }

  private static Object last(EnumDescriptor type) {
    return type.getValues().get(type.getValues().size() - 1);
  }
}
