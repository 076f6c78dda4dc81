package dev.clearspan.rpc;

import dev.clearspan.rpc.client.ChannelBuilder;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Calls one service. Thread-safe; one per called service and process is enough. Generated clients
 * wrap a channel.
 */
public interface RpcChannel extends AutoCloseable {
  /** A channel to the service, found and governed through the registry. */
  static RpcChannel to(String service, Registry registry) {
    return builder(service).registry(registry).build();
  }

  /** Builds a channel to the service with this name in the registry. */
  static ChannelBuilder builder(String service) {
    return new ChannelBuilder(service);
  }

  /** The called service's name in the registry. */
  String service();

  /**
   * Makes a unary call and waits for it; fine on a virtual thread.
   *
   * @throws RpcException if the call did not end with OK
   */
  <Q, R> R call(MethodSpec<Q, R> method, Q request, CallOptions options);

  /**
   * Makes a unary call. The stage fails with {@link RpcException} only. Cancelling it cancels the
   * call.
   */
  <Q, R> CompletionStage<R> callAsync(MethodSpec<Q, R> method, Q request, CallOptions options);

  /**
   * Opens a call of any shape, for code that waits; fine on virtual threads. Like every call it has
   * a deadline: a stream that may last longer than its method's kind allows states its own.
   */
  <Q, R> RpcStream<Q, R> open(MethodSpec<Q, R> method, CallOptions options);

  /**
   * Opens a call of any shape without waiting. The receiver hears what comes back, and exactly once
   * that the call is over, perhaps before this returns.
   */
  <Q, R> StreamSender<Q> open(
      MethodSpec<Q, R> method, CallOptions options, StreamReceiver<R> receiver);

  /**
   * Sends the one request of a server-streaming call and hands out its replies; closing them ends
   * the call.
   *
   * @throws RpcException if the request cannot be sent
   */
  default <Q, R> Incoming<R> stream(MethodSpec<Q, R> method, Q request, CallOptions options) {
    RpcStream<Q, R> stream = open(method, options);
    try {
      stream.send(request);
      stream.finish();
      return stream;
    } catch (RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /**
   * Sends the one request of a server-streaming call without waiting. Replies are heard as far as
   * they are requested from what is returned, which can cancel the call, too.
   *
   * @throws RpcException if the request cannot be encoded
   */
  default <Q, R> StreamSender<Q> stream(
      MethodSpec<Q, R> method, Q request, CallOptions options, StreamReceiver<R> replies) {
    StreamSender<Q> sender = open(method, options, replies);
    try {
      sender.send(request);
      sender.finish();
      return sender;
    } catch (RuntimeException e) {
      sender.cancel("the request could not be sent");
      throw e;
    }
  }

  /** The stages every call of this channel runs through, first to last. */
  List<Stage> pipeline();

  /** Ends calls in flight with CANCELLED and closes the connections. */
  @Override
  void close();

  /**
   * A stage of the pipeline.
   *
   * @param name short, kebab-case
   * @param description one sentence
   */
  record Stage(String name, String description) {}
}
