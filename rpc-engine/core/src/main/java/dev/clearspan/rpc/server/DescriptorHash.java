package dev.clearspan.rpc.server;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.clearspan.rpc.ServiceDefinition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SHA-256 over the .proto files of a server's services: equal for servers with equal contracts. */
final class DescriptorHash {
  private DescriptorHash() {}

  /** The hash in hex; "" when no service has a descriptor. */
  static String of(Collection<ServiceDefinition> services) {
    Map<String, FileDescriptor> files = new TreeMap<>();
    services.forEach(service -> collect(service.file(), files));
    if (files.isEmpty()) {
      return "";
    }
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.values().forEach(file -> set.addFile(file.toProto()));
    return HexFormat.of().formatHex(sha256().digest(set.build().toByteArray()));
  }

  private static void collect(@Nullable FileDescriptor file, Map<String, FileDescriptor> files) {
    if (file != null && files.putIfAbsent(file.getName(), file) == null) {
      file.getDependencies().forEach(dependency -> collect(dependency, files));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
