package dev.clearspan.console.descriptor;

import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Comments of .proto files, where descriptors carry them. Not thread-safe. */
final class Comments {
  private static final int LONGEST = 2_000;

  private final Map<String, Map<List<Integer>, String>> byFile = new HashMap<>();

  /** The comment before the declaration, else the one behind it; empty: none. */
  String of(GenericDescriptor declared, Integer... path) {
    return byFile
        .computeIfAbsent(declared.getFile().getName(), name -> read(declared.getFile()))
        .getOrDefault(List.of(path), "");
  }

  /** A declaration within another one. */
  static Integer[] within(Integer[] outer, int list, int index) {
    return IntStream.concat(IntStream.of(unboxed(outer)), IntStream.of(list, index))
        .boxed()
        .toArray(Integer[]::new);
  }

  private static int[] unboxed(Integer[] path) {
    return List.of(path).stream().mapToInt(Integer::intValue).toArray();
  }

  private static Map<List<Integer>, String> read(FileDescriptor file) {
    return file.toProto().getSourceCodeInfo().getLocationList().stream()
        .filter(location -> !text(location).isEmpty())
        .collect(Collectors.toMap(Location::getPathList, Comments::text, (first, second) -> first));
  }

  private static String text(Location location) {
    String leading = location.getLeadingComments().strip();
    String text = leading.isEmpty() ? location.getTrailingComments().strip() : leading;
    String unindented = text.lines().map(String::strip).collect(Collectors.joining("\n"));
    return unindented.length() > LONGEST ? unindented.substring(0, LONGEST) + "..." : unindented;
  }
}
