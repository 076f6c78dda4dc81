package dev.clearspan.console.policy;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Message;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.SchemaLevel;
import java.util.Map;
import java.util.TreeMap;

/** Which schema level one must have to know each field that a document sets. */
final class FieldLevels {
  private final Map<String, Integer> levels = new TreeMap<>();

  private FieldLevels() {}

  /** By path, such as {@code service.hedge.percentile}. */
  static Map<String, Integer> of(ServicePolicy document) {
    FieldLevels found = new FieldLevels();
    found.message("service.", document.getService(), 1);
    document
        .getMethodsMap()
        .forEach((name, policy) -> found.message("methods[\"" + name + "\"].", policy, 1));
    return found.levels;
  }

  private void message(String prefix, Message message, int above) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              int level = Math.max(above, since(field));
              if (isPart(field)) {
                message(prefix + field.getJsonName() + ".", (Message) value, level);
              } else {
                levels.put(prefix + field.getJsonName(), Math.max(level, ofValue(value)));
              }
            });
  }

  /** Lists and what protobuf itself defines count as one value. */
  private static boolean isPart(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && field.getMessageType().getFile().getPackage().equals("clearspan");
  }

  private static int ofValue(Object value) {
    return value instanceof EnumValueDescriptor word ? since(word) : 1;
  }

  private static int since(GenericDescriptor part) {
    return SchemaLevel.since(part).orElse(1);
  }
}
