package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.server.Expiring;
import io.netty.buffer.ByteBuf;

/**
 * One request of a connection, from its HEADERS until its stream is closed. Loop-confined, but for
 * the replies of its call.
 */
abstract class GrpcRequest implements Expiring {
  final Arrival arrival;

  GrpcRequest(Arrival arrival) {
    this.arrival = arrival;
  }

  /** The connection knows the request now, so its call may begin. */
  void begin() {}

  /**
   * Takes the content of a DATA frame.
   *
   * @param last whether the client sends no more
   * @return bytes for which the client may send others at once; the rest is given back later
   */
  abstract int data(ByteBuf data, boolean last);

  /** The stream is closed, by whom and how ever. */
  abstract void closed();

  @Override
  public Deadline deadline() {
    return arrival.deadline();
  }
}
