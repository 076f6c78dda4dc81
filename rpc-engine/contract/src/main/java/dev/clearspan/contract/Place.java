package dev.clearspan.contract;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where something is declared.
 *
 * @param path as {@code descriptor.proto} defines it for source locations
 * @param lines of everything in the file that has a known line, by path
 */
record Place(String file, List<Integer> path, Map<List<Integer>, Integer> lines) {
  static Place of(FileDescriptorProto file) {
    Map<List<Integer>, Integer> lines = new HashMap<>();
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      if (location.getSpanCount() > 0) {
        lines.putIfAbsent(location.getPathList(), location.getSpan(0) + 1);
      }
    }
    return new Place(file.getName(), List.of(), lines);
  }

  /** A part, by the number of the list that holds it and the index therein. */
  Place part(int list, int index) {
    List<Integer> longer = new ArrayList<>(path);
    longer.add(list);
    longer.add(index);
    return new Place(file, longer, lines);
  }

  /** From 1; 0: not known. */
  int line() {
    return lines.getOrDefault(path, 0);
  }
}
