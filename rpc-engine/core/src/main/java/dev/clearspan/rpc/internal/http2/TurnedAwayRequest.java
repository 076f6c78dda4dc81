package dev.clearspan.rpc.internal.http2;

import io.netty.buffer.ByteBuf;

/** A request that was turned away at its HEADERS: what it still sends is dropped. */
final class TurnedAwayRequest extends GrpcRequest {
  TurnedAwayRequest(Arrival arrival) {
    super(arrival);
  }

  @Override
  int data(ByteBuf data, boolean last) {
    return data.readableBytes();
  }

  @Override
  void closed() {}

  @Override
  public void expire() {}
}
