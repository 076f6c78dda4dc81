package dev.clearspan.bridge;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** An existing interceptor: what comes in as "reader" goes back with headers and trailers. */
final class EchoingHeaders implements ServerInterceptor {
  static final Metadata.Key<String> READER =
      Metadata.Key.of("reader", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<byte[]> CARD =
      Metadata.Key.of("card-bin", Metadata.BINARY_BYTE_MARSHALLER);

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return next.startCall(
        new SimpleForwardingServerCall<Q, R>(call) {
          @Override
          public void sendHeaders(Metadata reply) {
            copy(headers, reply);
            super.sendHeaders(reply);
          }

          @Override
          public void close(Status status, Metadata trailers) {
            copy(headers, trailers);
            super.close(status, trailers);
          }
        },
        headers);
  }

  private static void copy(Metadata from, Metadata to) {
    String reader = from.get(READER);
    if (reader != null) {
      to.put(READER, reader);
    }
    byte[] card = from.get(CARD);
    if (card != null) {
      to.put(CARD, card);
    }
  }
}
