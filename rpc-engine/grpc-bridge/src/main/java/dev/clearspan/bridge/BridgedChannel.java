package dev.clearspan.bridge;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What stubs call on. */
final class BridgedChannel extends Channel {
  /** Generated code has one descriptor per method; who makes one per call is not kept. */
  private static final int MOST_METHODS = 1_024;

  private final RpcChannel channel;
  private final Map<MethodDescriptor<?, ?>, MethodSpec<?, ?>> specs = new ConcurrentHashMap<>();

  BridgedChannel(RpcChannel channel) {
    this.channel = channel;
  }

  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    MethodSpec<Q, R> spec = spec(method);
    return method.getType() == MethodType.UNARY
        ? new UnaryStubCall<>(channel, spec, options)
        : new StreamStubCall<>(channel, spec, options);
  }

  @Override
  public String authority() {
    return channel.service();
  }

  @SuppressWarnings("unchecked") // a descriptor's spec has the descriptor's types
  private <Q, R> MethodSpec<Q, R> spec(MethodDescriptor<Q, R> method) {
    MethodSpec<?, ?> known = specs.get(method);
    if (known == null) {
      known = Specs.of(method);
      if (specs.size() < MOST_METHODS) {
        specs.put(method, known);
      }
    }
    return (MethodSpec<Q, R>) known;
  }
}
