package dev.clearspan.bridge;

import dev.clearspan.rpc.RpcChannel;
import io.grpc.Channel;

/**
 * Channels for the stubs of grpc-java, which then call over Clearspan: found through the registry,
 * balanced, retried, broken and recorded like every other call.
 *
 * <pre>{@code
 * var orders = OrdersGrpc.newBlockingStub(GrpcChannels.of(RpcChannel.to("orders", registry)));
 * }</pre>
 */
public final class GrpcChannels {
  private GrpcChannels() {}

  /** A channel for stubs over this one, which stays the caller's to close. Thread-safe. */
  public static Channel of(RpcChannel channel) {
    return new BridgedChannel(channel);
  }
}
