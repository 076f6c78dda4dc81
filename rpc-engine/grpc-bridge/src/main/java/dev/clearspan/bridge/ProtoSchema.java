package dev.clearspan.bridge;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.generic.DescriptorPool;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What generated code of grpc-java knows of its .proto. */
final class ProtoSchema {
  private ProtoSchema() {}

  /** The file that declares the service; null for services that are not generated from one. */
  static @Nullable FileDescriptor file(ServiceDescriptor service) {
    return service.getSchemaDescriptor() instanceof ProtoFileDescriptorSupplier proto
        ? proto.getFileDescriptor()
        : null;
  }

  /** The method's {@code clearspan.kind}; null without a .proto. */
  static @Nullable MethodKind kind(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier proto
        ? DescriptorPool.of(List.of(proto.getFileDescriptor()))
            .method(method.getFullMethodName())
            .spec()
            .kind()
        : null;
  }
}
