package dev.clearspan.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The comments before services and methods, else those after them on the same line. */
final class ProtoComments {
  private static final int SERVICES = FileDescriptorProto.SERVICE_FIELD_NUMBER;
  private static final int METHODS = ServiceDescriptorProto.METHOD_FIELD_NUMBER;

  private final Map<List<Integer>, String> byPath = new HashMap<>();

  private ProtoComments() {}

  static ProtoComments of(FileDescriptorProto file) {
    ProtoComments comments = new ProtoComments();
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      String text =
          location.hasLeadingComments()
              ? location.getLeadingComments()
              : location.getTrailingComments();
      if (!text.isBlank()) {
        comments.byPath.put(location.getPathList(), text);
      }
    }
    return comments;
  }

  String ofService(int service) {
    return byPath.getOrDefault(List.of(SERVICES, service), "");
  }

  String ofMethod(int service, int method) {
    return byPath.getOrDefault(List.of(SERVICES, service, METHODS, method), "");
  }
}
