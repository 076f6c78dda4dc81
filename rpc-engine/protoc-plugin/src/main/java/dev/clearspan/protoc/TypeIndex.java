package dev.clearspan.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Java class and options of every message that a request's files and their imports declare. */
final class TypeIndex {
  private final Map<String, Message> messages = new HashMap<>();
  private final Map<String, Set<String>> namesByPackage = new HashMap<>();

  /** A message's class, and whether its use warns. */
  record Message(JavaType type, boolean deprecated) {}

  private TypeIndex() {}

  static TypeIndex of(List<FileDescriptorProto> files) {
    TypeIndex index = new TypeIndex();
    for (FileDescriptorProto proto : files) {
      JavaFile file = new JavaFile(proto);
      index
          .namesByPackage
          .computeIfAbsent(file.packageName(), name -> new HashSet<>())
          .addAll(file.topLevelNames());
      String scope = proto.getPackage().isEmpty() ? "." : "." + proto.getPackage() + ".";
      for (DescriptorProto message : proto.getMessageTypeList()) {
        index.add(scope + message.getName(), file.topLevelType(message.getName()), message);
      }
    }
    return index;
  }

  private void add(String name, JavaType type, DescriptorProto message) {
    messages.put(name, new Message(type, message.getOptions().getDeprecated()));
    for (DescriptorProto nested : message.getNestedTypeList()) {
      add(name + "." + nested.getName(), type.nested(nested.getName()), nested);
    }
  }

  /** The message with a descriptor's type name, such as {@code .shop.Order}. */
  Message message(String typeName) {
    Message message = messages.get(typeName);
    if (message == null) {
      throw new GenerationException(
          "message type: " + typeName + " (expected: one declared in a file or its imports)");
    }
    return message;
  }

  /** Names of the classes that protoc writes into a Java package. */
  Set<String> topLevelNames(String packageName) {
    return namesByPackage.getOrDefault(packageName, Set.of());
  }
}
