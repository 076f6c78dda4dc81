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
  public record BoundMethod<Q, R>(MethodSpec<Q, R> method, Handler<Q, R> handler) {
    public static <Q, R> BoundMethod<Q, R> unary(
        MethodSpec<Q, R> method, UnaryHandler<Q, R> handler) {
      return new BoundMethod<>(method, handler);
    }

    public static <Q, R> BoundMethod<Q, R> stream(
        MethodSpec<Q, R> method, StreamHandler<Q, R> handler) {
      return new BoundMethod<>(method, handler);
    }

    public static <Q, R> BoundMethod<Q, R> serverStreaming(
        MethodSpec<Q, R> method, StreamingForms.ServerStreaming<Q, R> handler) {
      return stream(method, StreamingForms.handler(handler));
    }

    public static <Q, R> BoundMethod<Q, R> clientStreaming(
        MethodSpec<Q, R> method, StreamingForms.ClientStreaming<Q, R> handler) {
      return stream(method, StreamingForms.handler(handler));
    }

    public static <Q, R> BoundMethod<Q, R> bidiStreaming(
        MethodSpec<Q, R> method, StreamingForms.BidiStreaming<Q, R> handler) {
      return stream(method, StreamingForms.handler(handler));
    }

    public static <Q, R> BoundMethod<Q, R> async(
        MethodSpec<Q, R> method, AsyncHandler<Q, R> handler) {
      return new BoundMethod<>(method, handler);
    }
  }

  /** The code that answers a method, in one of three forms. */
  public sealed interface Handler<Q, R> permits UnaryHandler, StreamHandler, AsyncHandler {}

  /** Answers one unary call. Runs on a virtual thread (21+) or a bounded pool (17); may block. */
  @FunctionalInterface
  public non-sealed interface UnaryHandler<Q, R> extends Handler<Q, R> {
    /**
     * Answers the request.
     *
     * @throws RpcException to answer with that status
     * @throws Exception anything else is answered as UNKNOWN, without its stack trace
     */
    R handle(Q request) throws Exception;
  }

  /**
   * Answers one call of any shape with code that waits: on a virtual thread (21+) or a thread of a
   * bounded pool (17). Returning ends the call with OK.
   */
  @FunctionalInterface
  public non-sealed interface StreamHandler<Q, R> extends Handler<Q, R> {
    /**
     * Receives requests from the stream and sends replies on it.
     *
     * @throws RpcException to end the call with that status
     * @throws Exception anything else ends it as UNKNOWN, without its stack trace
     */
    void handle(RpcStream<R, Q> stream) throws Exception;
  }

  /** Answers one call of any shape without waiting: on the event loop, for adapters and proxies. */
  @FunctionalInterface
  public non-sealed interface AsyncHandler<Q, R> extends Handler<Q, R> {
    /**
     * Takes the call; must not block, as what it returns must not.
     *
     * @return hears the requests
     */
    StreamReceiver<Q> handle(Call call, ReplyStream<R> replies);
  }
}
