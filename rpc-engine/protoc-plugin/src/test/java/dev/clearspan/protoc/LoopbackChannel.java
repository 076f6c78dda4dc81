package dev.clearspan.protoc;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls a service object in this process; messages go through their codecs as on a wire. */
final class LoopbackChannel implements RpcChannel {
  final List<CallOptions> seen = new ArrayList<>();
  private final ServiceDefinition definition;

  LoopbackChannel(RpcService service) {
    this.definition = service.definition();
  }

  @Override
  public String service() {
    return definition.name();
  }

  @Override
  public <Q, R> R call(MethodSpec<Q, R> method, Q request, CallOptions options) {
    seen.add(options);
    for (BoundMethod<?, ?> bound : definition.methods()) {
      if (bound.method().equals(method)) {
        return copy(method.responseCodec(), answer(bound, method, request));
      }
    }
    throw new AssertionError(method.fullName() + " is not bound");
  }

  private static <A, B, R> R answer(BoundMethod<A, B> bound, MethodSpec<?, R> method, Object in) {
    try {
      @SuppressWarnings("unchecked") // the bound method equals the called one, and so do its types
      A request = copy(bound.method().requestCodec(), (A) in);
      @SuppressWarnings("unchecked") // as above
      R reply = (R) ((UnaryHandler<A, B>) bound.handler()).handle(request);
      return reply;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(method.fullName(), e);
    }
  }

  private static <T> T copy(Codec<T> codec, T message) {
    ByteBuffer bytes = ByteBuffer.allocate(codec.sizeOf(message));
    codec.encode(message, bytes);
    return codec.decode(bytes.flip());
  }

  @Override
  public <Q, R> CompletionStage<R> callAsync(
      MethodSpec<Q, R> method, Q request, CallOptions options) {
    try {
      return CompletableFuture.completedFuture(call(method, request, options));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <Q, R> RpcStream<Q, R> open(MethodSpec<Q, R> method, CallOptions options) {
    throw new UnsupportedOperationException(method.fullName() + " (expected: a unary call)");
  }

  @Override
  public <Q, R> StreamSender<Q> open(
      MethodSpec<Q, R> method, CallOptions options, StreamReceiver<R> receiver) {
    throw new UnsupportedOperationException(method.fullName() + " (expected: a unary call)");
  }

  @Override
  public List<Stage> pipeline() {
    return List.of();
  }

  @Override
  public void close() {}
}
