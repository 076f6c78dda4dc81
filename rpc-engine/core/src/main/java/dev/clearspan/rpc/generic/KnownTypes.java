package dev.clearspan.rpc.generic;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What the files and their imports declare beside services.
 *
 * @param extensions read as fields of the messages they extend
 * @param messages what an Any can hold
 */
record KnownTypes(ExtensionRegistry extensions, TypeRegistry messages) {
  static KnownTypes of(Collection<FileDescriptor> files) {
    ExtensionRegistry extensions = ExtensionRegistry.newInstance();
    TypeRegistry.Builder messages = TypeRegistry.newBuilder();
    for (FileDescriptor file : withImports(files)) {
      file.getExtensions().forEach(each -> add(each, extensions));
      for (Descriptor message : file.getMessageTypes()) {
        messages.add(message);
        addNested(message, extensions);
      }
    }
    return new KnownTypes(extensions, messages.build());
  }

  private static Set<FileDescriptor> withImports(Collection<FileDescriptor> files) {
    Set<FileDescriptor> all = new HashSet<>();
    Deque<FileDescriptor> open = new ArrayDeque<>(files);
    while (!open.isEmpty()) {
      FileDescriptor file = open.pop();
      if (all.add(file)) {
        open.addAll(file.getDependencies());
      }
    }
    return all;
  }

  private static void addNested(Descriptor message, ExtensionRegistry extensions) {
    message.getExtensions().forEach(each -> add(each, extensions));
    message.getNestedTypes().forEach(nested -> addNested(nested, extensions));
  }

  private static void add(FieldDescriptor extension, ExtensionRegistry extensions) {
    if (extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      extensions.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
    } else {
      extensions.add(extension);
    }
  }
}
