package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.server.MethodTable;
import dev.clearspan.rpc.server.ServedMethod;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server's methods by request path. Immutable. */
final class GrpcMethods {
  private final Map<String, ServedMethod<?, ?>> byPath = new HashMap<>();

  GrpcMethods(MethodTable table) {
    for (ServiceDefinition service : table.services()) {
      for (ServiceDefinition.BoundMethod<?, ?> bound : service.methods()) {
        String name = bound.method().fullName();
        ServedMethod<?, ?> served = table.find(name);
        if (served != null) {
          byPath.put('/' + name, served);
        }
      }
    }
  }

  @Nullable ServedMethod<?, ?> find(String path) {
    return byPath.get(path);
  }
}
