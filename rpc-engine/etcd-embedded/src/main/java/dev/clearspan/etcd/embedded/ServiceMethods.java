package dev.clearspan.etcd.embedded;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.clearspan.etcd.embedded.api.NotOffered;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.AsyncHandler;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** One of etcd's services, put together method by method; those left over are refused in words. */
final class ServiceMethods {
  private final ServiceDescriptor service;
  private final GroupCommit commits;
  private final List<BoundMethod<?, ?>> bound = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  ServiceMethods(ServiceDescriptor service, GroupCommit commits) {
    this.service = service;
    this.commits = commits;
  }

  /** A method of one request and one reply, answered by the registry's thread. */
  <Q extends Message, R extends Message> ServiceMethods unary(
      String name, Q request, R reply, Function<Q, R> work) {
    return stream(name, request, reply, (call, replies) -> new UnaryCall<>(commits, work, replies));
  }

  /** A method of any shape. */
  <Q extends Message, R extends Message> ServiceMethods stream(
      String name, Q request, R reply, AsyncHandler<Q, R> handler) {
    names.add(name);
    bound.add(BoundMethod.async(spec(name, request, reply), handler));
    return this;
  }

  /** The service. */
  RpcService all() {
    for (MethodDescriptor method : service.getMethods()) {
      if (!names.contains(method.getName())) {
        refuse(service.getName() + "/" + method.getName(), method.getName());
      }
    }
    ServiceDefinition definition =
        new ServiceDefinition(service.getFullName(), bound, service.getFile());
    return () -> definition;
  }

  private void refuse(String shown, String name) {
    NotOffered none = NotOffered.getDefaultInstance();
    ServiceMethods unused =
        unary(
            name,
            none,
            none,
            request -> {
              throw EtcdErrors.notOffered(shown);
            });
  }

  private <Q extends Message, R extends Message> MethodSpec<Q, R> spec(
      String name, Q request, R reply) {
    MethodDescriptor method = service.findMethodByName(name);
    return new MethodSpec<>(
        service.getFullName() + "/" + name,
        shape(method),
        MethodKind.WRITE,
        false,
        ProtobufCodec.of(request),
        ProtobufCodec.of(reply));
  }

  private static MethodShape shape(MethodDescriptor method) {
    if (method.isClientStreaming()) {
      return method.isServerStreaming() ? MethodShape.BIDI_STREAMING : MethodShape.CLIENT_STREAMING;
    }
    return method.isServerStreaming() ? MethodShape.SERVER_STREAMING : MethodShape.UNARY;
  }
}
