package dev.clearspan.rpc.standard;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** .proto files by their names, their symbols and the extensions that they declare. Immutable. */
final class DescriptorIndex {
  private final Map<String, FileDescriptor> byName = new HashMap<>();
  private final Map<String, FileDescriptor> bySymbol = new HashMap<>();
  private final Map<String, Map<Integer, FileDescriptor>> byExtension = new HashMap<>();

  /** These files and all that they import. */
  DescriptorIndex(Collection<FileDescriptor> files) {
    files.forEach(this::add);
  }

  @Nullable FileDescriptor file(String name) {
    return byName.get(name);
  }

  /** The file that declares the service, method, message, field, enum, value or extension. */
  @Nullable FileDescriptor declaring(String symbol) {
    return bySymbol.get(symbol);
  }

  @Nullable FileDescriptor extending(String message, int number) {
    return byExtension.getOrDefault(message, Map.of()).get(number);
  }

  /** Numbers of the message's extensions, ascending; null if there is no such message. */
  @Nullable Set<Integer> extensionNumbers(String message) {
    if (!bySymbol.containsKey(message)) {
      return null;
    }
    return byExtension.getOrDefault(message, Map.of()).keySet();
  }

  /** The file and, behind it, all that it imports, each once. */
  static Set<FileDescriptor> withImports(FileDescriptor file) {
    Set<FileDescriptor> all = new LinkedHashSet<>();
    collect(file, all);
    return all;
  }

  private static void collect(FileDescriptor file, Set<FileDescriptor> all) {
    if (all.add(file)) {
      file.getDependencies().forEach(each -> collect(each, all));
    }
  }

  private void add(FileDescriptor file) {
    if (byName.putIfAbsent(file.getName(), file) != null) {
      return;
    }
    file.getServices().forEach(this::add);
    file.getMessageTypes().forEach(this::add);
    file.getEnumTypes().forEach(this::add);
    file.getExtensions().forEach(this::addExtension);
    file.getDependencies().forEach(this::add);
  }

  private void add(ServiceDescriptor service) {
    bySymbol.put(service.getFullName(), service.getFile());
    for (MethodDescriptor method : service.getMethods()) {
      bySymbol.put(method.getFullName(), service.getFile());
    }
  }

  private void add(Descriptor message) {
    bySymbol.put(message.getFullName(), message.getFile());
    for (FieldDescriptor field : message.getFields()) {
      bySymbol.put(field.getFullName(), message.getFile());
    }
    for (OneofDescriptor oneof : message.getOneofs()) {
      bySymbol.put(oneof.getFullName(), message.getFile());
    }
    message.getNestedTypes().forEach(this::add);
    message.getEnumTypes().forEach(this::add);
    message.getExtensions().forEach(this::addExtension);
  }

  private void add(EnumDescriptor type) {
    bySymbol.put(type.getFullName(), type.getFile());
    for (EnumValueDescriptor value : type.getValues()) {
      bySymbol.put(value.getFullName(), type.getFile());
    }
  }

  private void addExtension(FieldDescriptor extension) {
    bySymbol.put(extension.getFullName(), extension.getFile());
    byExtension
        .computeIfAbsent(extension.getContainingType().getFullName(), each -> new TreeMap<>())
        .put(extension.getNumber(), extension.getFile());
  }
}
