package dev.clearspan.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where protoc's own Java generator puts the contents of a .proto file, by the rules of its <a
 * href="https://protobuf.dev/reference/java/java-generated/">generated code guide</a> up to edition
 * 2023.
 */
record JavaFile(FileDescriptorProto proto) {
  String packageName() {
    return proto.getOptions().hasJavaPackage()
        ? proto.getOptions().getJavaPackage()
        : proto.getPackage();
  }

  /** The class that holds the file's descriptor, and its messages unless they have own files. */
  JavaType outerType() {
    return new JavaType(packageName(), outerName());
  }

  /** The class of a message at the top of the file. */
  JavaType topLevelType(String message) {
    return proto.getOptions().getJavaMultipleFiles()
        ? new JavaType(packageName(), message)
        : outerType().nested(message);
  }

  /** Names of the classes that protoc writes into the package for this file. */
  Set<String> topLevelNames() {
    Set<String> names = new TreeSet<>();
    names.add(outerName());
    if (proto.getOptions().getJavaMultipleFiles()) {
      proto.getMessageTypeList().forEach(message -> addWithOrBuilder(names, message.getName()));
      proto.getEnumTypeList().forEach(type -> names.add(type.getName()));
    }
    return names;
  }

  private static void addWithOrBuilder(Set<String> names, String message) {
    names.add(message);
    names.add(message + "OrBuilder");
  }

  private String outerName() {
    if (proto.getOptions().hasJavaOuterClassname()) {
      return proto.getOptions().getJavaOuterClassname();
    }
    String path = proto.getName();
    String base = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.proto$", "");
    String name = JavaNames.camelCase(base, true);
    return declares(name) ? name + "OuterClass" : name;
  }

  private boolean declares(String name) {
    return proto.getServiceList().stream()
            .map(ServiceDescriptorProto::getName)
            .anyMatch(name::equals)
        || proto.getEnumTypeList().stream().map(EnumDescriptorProto::getName).anyMatch(name::equals)
        || proto.getMessageTypeList().stream().anyMatch(message -> declares(message, name));
  }

  private static boolean declares(DescriptorProto message, String name) {
    return message.getName().equals(name)
        || message.getEnumTypeList().stream()
            .map(EnumDescriptorProto::getName)
            .anyMatch(name::equals)
        || message.getNestedTypeList().stream().anyMatch(nested -> declares(nested, name));
  }
}
