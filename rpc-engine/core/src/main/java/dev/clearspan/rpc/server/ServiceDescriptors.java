package dev.clearspan.rpc.server;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.clearspan.rpc.Registry;
import dev.clearspan.rpc.ServiceDefinition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The .proto files of a server's services and of all that they import, by name: equal bytes, and so
 * an equal hash, for servers with equal contracts.
 */
final class ServiceDescriptors {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceDescriptors.class);

  private final byte[] serialized;

  private ServiceDescriptors(byte[] serialized) {
    this.serialized = serialized;
  }

  static ServiceDescriptors of(Collection<ServiceDefinition> services) {
    Map<String, FileDescriptor> files = new TreeMap<>();
    services.forEach(service -> collect(service.file(), files));
    FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
    files.values().forEach(file -> set.addFile(file.toProto()));
    return new ServiceDescriptors(set.build().toByteArray());
  }

  /** SHA-256 in hex; "" when no service has a descriptor. */
  String hash() {
    return serialized.length == 0 ? "" : HexFormat.of().formatHex(sha256().digest(serialized));
  }

  /** Hands them to the registry; a server whose descriptors it cannot keep serves all the same. */
  void publish(Registry registry) {
    if (serialized.length == 0) {
      return;
    }
    try {
      registry
          .publishDescriptors(serialized)
          .exceptionally(
              failure -> {
                LOG.warn("the registry did not keep the descriptors {}", hash(), failure);
                return null;
              });
    } catch (IllegalArgumentException e) {
      LOG.warn("the descriptors stay unpublished: {}", e.getMessage());
    }
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
