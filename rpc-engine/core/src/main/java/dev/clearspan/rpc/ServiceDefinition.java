package dev.clearspan.rpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server offers under one protobuf service name: its methods, each bound to a handler.
 *
 * @param name "package.Service"
 * @param methods each method with its handler, in the order of the .proto
 * @param file descriptor of the .proto that declares the service; null for services without one
 */
public record ServiceDefinition(
    String name, List<BoundMethod<?, ?>> methods, @Nullable FileDescriptor file) {

  public ServiceDefinition {
    methods = List.copyOf(methods);
  }

  /** A method and the code that answers it. */
  public record BoundMethod<Q, R>(MethodSpec<Q, R> method, UnaryHandler<Q, R> handler) {}

  /** Answers one unary call. Runs on a virtual thread (21+) or a bounded pool (17); may block. */
  @FunctionalInterface
  public interface UnaryHandler<Q, R> {
    /**
     * Answers the request.
     *
     * @throws RpcException to answer with that status
     * @throws Exception anything else is answered as UNKNOWN, without its stack trace
     */
    R handle(Q request) throws Exception;
  }
}
