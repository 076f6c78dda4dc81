package dev.clearspan.etcd.embedded;

import com.google.protobuf.Message;
import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** grpc-java's client of etcd's API, with nothing in between. */
final class Peer implements AutoCloseable {
  private static final int ANY_SIZE = 64 << 20;
  private static final long PATIENCE_SECONDS = 60;

  private final ManagedChannel channel;

  Peer(String endpoint) {
    URI address = URI.create(endpoint);
    channel =
        NettyChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .maxInboundMessageSize(ANY_SIZE)
            .build();
  }

  /** Calls a method such as "KV/Put". */
  <Q extends Message, R extends Message> R call(String name, Q request, R reply) {
    return ClientCalls.blockingUnaryCall(
        channel,
        method(name, MethodType.UNARY, marshaller(request), reply),
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  /** Calls with whatever the marshaller makes of the request. */
  <Q, R extends Message> R call(String name, Q request, Marshaller<Q> marshaller, R reply) {
    return ClientCalls.blockingUnaryCall(
        channel,
        method(name, MethodType.UNARY, marshaller, reply),
        CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  /** Sends one request on a stream of both sides, and returns the first reply. */
  <Q extends Message, R extends Message> R first(String name, Q request, R reply) {
    Iterator<R> replies =
        ClientCalls.blockingServerStreamingCall(
            channel,
            method(name, MethodType.SERVER_STREAMING, marshaller(request), reply),
            CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
            request);
    return replies.next();
  }

  /** Opens a stream of watches. */
  StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> responses) {
    return ClientCalls.asyncBidiStreamingCall(
        channel.newCall(
            method(
                "Watch/Watch",
                MethodType.BIDI_STREAMING,
                ProtoUtils.marshaller(WatchRequest.getDefaultInstance()),
                WatchResponse.getDefaultInstance()),
            CallOptions.DEFAULT),
        responses);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  @SuppressWarnings("unchecked") // a message's prototype is one of its own type
  private static <Q extends Message> Marshaller<Q> marshaller(Q message) {
    return ProtoUtils.marshaller((Q) message.getDefaultInstanceForType());
  }

  private static <Q, R extends Message> MethodDescriptor<Q, R> method(
      String name, MethodType type, Marshaller<Q> requests, R reply) {
    return MethodDescriptor.<Q, R>newBuilder()
        .setType(type)
        .setFullMethodName("etcdserverpb." + name)
        .setRequestMarshaller(requests)
        .setResponseMarshaller(ProtoUtils.marshaller(reply))
        .build();
  }
}
