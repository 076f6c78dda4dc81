package dev.clearspan.rpc;

import dev.clearspan.rpc.ServiceDefinition.StreamHandler;

/**
 * Streaming methods as people write them: each gets only those halves of the stream that its shape
 * has. They run like every {@link StreamHandler}: they may block, and what they throw is the
 * status.
 */
public final class StreamingForms {
  private StreamingForms() {}

  /** One request, any number of replies; returning ends them. */
  @FunctionalInterface
  public interface ServerStreaming<Q, R> {
    void handle(Q request, Outgoing<R> replies) throws Exception;
  }

  /** Any number of requests, one reply. */
  @FunctionalInterface
  public interface ClientStreaming<Q, R> {
    R handle(Incoming<Q> requests) throws Exception;
  }

  /** Any number of either; returning ends the replies. */
  @FunctionalInterface
  public interface BidiStreaming<Q, R> {
    void handle(Incoming<Q> requests, Outgoing<R> replies) throws Exception;
  }

  static <Q, R> StreamHandler<Q, R> handler(ServerStreaming<Q, R> form) {
    return stream -> {
      Q request = stream.receive();
      if (request == null) {
        throw new RpcException(
            Status.Code.INVALID_ARGUMENT, "requests of this call: none (expected: one)");
      }
      form.handle(request, stream);
    };
  }

  static <Q, R> StreamHandler<Q, R> handler(ClientStreaming<Q, R> form) {
    return stream -> {
      R reply = form.handle(stream);
      if (reply == null) {
        throw new RpcException(
            Status.Code.INTERNAL, "the handler returned null (expected: a reply)");
      }
      stream.send(reply);
    };
  }

  static <Q, R> StreamHandler<Q, R> handler(BidiStreaming<Q, R> form) {
    return stream -> form.handle(stream, stream);
  }
}
