package dev.clearspan.rpc.generic;

import com.google.protobuf.DynamicMessage;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Calls the methods of a descriptor pool by name, with protobuf's JSON form in and out. The calls
 * take the same way as those of generated clients. Immutable and thread-safe.
 *
 * <p>Everywhere: {@link UnknownMethodException} if the pool has no such method, {@link
 * InvalidJsonException} if a request is not JSON of its type. Nothing is sent then.
 */
public final class GenericCalls {
  private final RpcChannel channel;
  private final DescriptorPool pool;

  private GenericCalls(RpcChannel channel, DescriptorPool pool) {
    this.channel = channel;
    this.pool = pool;
  }

  /** Calls over the channel, which stays the caller's to close. */
  public static GenericCalls of(RpcChannel channel, DescriptorPool pool) {
    return new GenericCalls(channel, pool);
  }

  /**
   * Makes a unary call and waits for its reply.
   *
   * @param method "package.Service/Method"
   * @throws RpcException if the call did not end with OK
   * @throws IllegalArgumentException if the method streams
   */
  public String call(String method, String request, CallOptions options) {
    GenericMethod generic = unary(method);
    return generic
        .reply()
        .write(channel.call(generic.spec(), generic.request().read(request), options));
  }

  /**
   * Makes a unary call. Cancelling the stage's future cancels the call.
   *
   * @param method "package.Service/Method"
   * @throws IllegalArgumentException if the method streams
   */
  public CompletionStage<String> callAsync(String method, String request, CallOptions options) {
    GenericMethod generic = unary(method);
    CompletableFuture<DynamicMessage> call =
        channel
            .callAsync(generic.spec(), generic.request().read(request), options)
            .toCompletableFuture();
    CompletableFuture<String> text = call.thenApply(generic.reply()::write);
    text.whenComplete(
        (reply, failure) -> {
          if (text.isCancelled()) {
            call.cancel(true);
          }
        });
    return text;
  }

  /**
   * Opens a call of any shape, for code that waits.
   *
   * @param method "package.Service/Method"
   */
  public RpcStream<String, String> open(String method, CallOptions options) {
    GenericMethod generic = pool.method(method);
    return new JsonStream(generic, channel.open(generic.spec(), options));
  }

  /**
   * Opens a call of any shape without waiting.
   *
   * @param method "package.Service/Method"
   */
  public StreamSender<String> open(
      String method, CallOptions options, StreamReceiver<String> replies) {
    GenericMethod generic = pool.method(method);
    return new JsonSender(
        generic, channel.open(generic.spec(), options, new JsonReceiver(generic, replies)));
  }

  private GenericMethod unary(String method) {
    GenericMethod generic = pool.method(method);
    MethodShape shape = generic.spec().shape();
    if (shape != MethodShape.UNARY) {
      throw new IllegalArgumentException(
          "shape of %s: %s (expected: UNARY; use open)".formatted(method, shape));
    }
    return generic;
  }
}
