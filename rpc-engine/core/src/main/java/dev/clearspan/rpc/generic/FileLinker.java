package dev.clearspan.rpc.generic;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import dev.clearspan.protocol.OptionsProto;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolves the imports of a descriptor set. Files that come with protobuf or Clearspan may be
 * missing from the set. Goes without recursion: a set may come from anyone, and may be deep.
 */
final class FileLinker {
  private static final List<FileDescriptor> ALWAYS_THERE =
      List.of(
          AnyProto.getDescriptor(),
          ApiProto.getDescriptor(),
          DescriptorProtos.getDescriptor(),
          DurationProto.getDescriptor(),
          EmptyProto.getDescriptor(),
          FieldMaskProto.getDescriptor(),
          OptionsProto.getDescriptor(),
          SourceContextProto.getDescriptor(),
          StructProto.getDescriptor(),
          TimestampProto.getDescriptor(),
          TypeProto.getDescriptor(),
          WrappersProto.getDescriptor());

  private final Map<String, FileDescriptorProto> unlinked = new LinkedHashMap<>();
  private final Map<String, FileDescriptor> linked = new HashMap<>();

  private FileLinker(FileDescriptorSet files) {
    files.getFileList().forEach(file -> unlinked.put(file.getName(), file));
    for (FileDescriptor file : ALWAYS_THERE) {
      if (!unlinked.containsKey(file.getName())) {
        linked.put(file.getName(), file);
      }
    }
  }

  /**
   * The set's files.
   *
   * @throws IllegalArgumentException if one is invalid, imports what is not there, or itself
   */
  static Collection<FileDescriptor> link(FileDescriptorSet files) {
    FileLinker linker = new FileLinker(files);
    linker.linkAll();
    return files.getFileList().stream().map(file -> linker.linked(file.getName())).toList();
  }

  private void linkAll() {
    Deque<String> open = new ArrayDeque<>(unlinked.keySet());
    Set<String> waiting = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.peek();
      List<String> missing = linked.containsKey(name) ? List.of() : missingImports(name);
      if (missing.isEmpty()) {
        linked.computeIfAbsent(name, this::linkOne);
        open.pop();
      } else if (waiting.add(name)) {
        missing.forEach(open::push);
      } else {
        throw new IllegalArgumentException(
            "descriptor set: " + name + " imports itself through " + missing.get(0));
      }
    }
  }

  private List<String> missingImports(String name) {
    List<String> missing =
        proto(name).getDependencyList().stream().filter(each -> !linked.containsKey(each)).toList();
    for (String each : missing) {
      if (!unlinked.containsKey(each)) {
        throw new IllegalArgumentException(
            "descriptor set: %s imports %s, which is not in it (expected: every import, as protoc"
                    .formatted(name, each)
                + " writes with --include_imports)");
      }
    }
    return missing;
  }

  private FileDescriptor linkOne(String name) {
    FileDescriptorProto file = proto(name);
    FileDescriptor[] imports =
        file.getDependencyList().stream().map(this::linked).toArray(FileDescriptor[]::new);
    try {
      return FileDescriptor.buildFrom(file, imports);
    } catch (DescriptorValidationException | RuntimeException e) {
      throw new IllegalArgumentException("descriptor set: " + name + ": " + e.getMessage(), e);
    }
  }

  private FileDescriptorProto proto(String name) {
    FileDescriptorProto file = unlinked.get(name);
    if (file == null) {
      throw new IllegalStateException(name + " is neither linked nor to be linked");
    }
    return file;
  }

  private FileDescriptor linked(String name) {
    FileDescriptor file = linked.get(name);
    if (file == null) {
      throw new IllegalStateException(name + " is not linked");
    }
    return file;
  }
}
