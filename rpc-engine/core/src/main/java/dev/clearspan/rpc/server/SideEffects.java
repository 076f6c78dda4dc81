package dev.clearspan.rpc.server;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.clearspan.rpc.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/** Which methods only look: those whose .proto says {@code NO_SIDE_EFFECTS}. */
final class SideEffects {
  private SideEffects() {}

  /** Whether the method is declared free of them; without a descriptor nothing is. */
  static boolean areNone(ServiceDefinition service, String methodName) {
    MethodDescriptor method = descriptor(service, methodName);
    return method != null
        && method.getOptions().getIdempotencyLevel() == IdempotencyLevel.NO_SIDE_EFFECTS;
  }

  private static @Nullable MethodDescriptor descriptor(
      ServiceDefinition service, String methodName) {
    if (service.file() == null) {
      return null;
    }
    String plainName = service.name().substring(service.name().lastIndexOf('.') + 1);
    ServiceDescriptor found = service.file().findServiceByName(plainName);
    return found == null ? null : found.findMethodByName(methodName);
  }
}
