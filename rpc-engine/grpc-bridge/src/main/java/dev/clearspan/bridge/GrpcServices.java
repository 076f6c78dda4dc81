package dev.clearspan.bridge;

import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import io.grpc.BindableService;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Services of grpc-java, served by an {@link dev.clearspan.rpc.RpcServer} over all its protocols.
 *
 * <pre>{@code
 * RpcServer.builder("orders").service(GrpcServices.of(new OrdersImpl())).start();
 * }</pre>
 *
 * <p>Service code runs as it does on grpc-java's server: one callback of a call at a time, within
 * an {@link io.grpc.Context} that has the call's deadline and is cancelled with it.
 */
public final class GrpcServices {
  private GrpcServices() {}

  /** The service, run on a pool of the process whose threads are as many as it needs. */
  public static RpcService of(BindableService service) {
    return of(service.bindService(), BridgeThreads.callbacks());
  }

  /**
   * The service with its interceptors, as {@link io.grpc.ServerInterceptors} makes it.
   *
   * @param executor runs the service's code, which may block
   */
  public static RpcService of(ServerServiceDefinition service, Executor executor) {
    List<BoundMethod<?, ?>> methods =
        service.getMethods().stream()
            .<BoundMethod<?, ?>>map(method -> bound(method, executor))
            .toList();
    String name = service.getServiceDescriptor().getName();
    ServiceDefinition definition =
        new ServiceDefinition(name, methods, ProtoSchema.file(service.getServiceDescriptor()));
    return () -> definition;
  }

  private static <Q, R> BoundMethod<Q, R> bound(
      ServerMethodDefinition<Q, R> method, Executor executor) {
    return BoundMethod.async(
        Specs.of(method.getMethodDescriptor()),
        (call, replies) -> ServedCall.start(method, call, replies, executor));
  }
}
