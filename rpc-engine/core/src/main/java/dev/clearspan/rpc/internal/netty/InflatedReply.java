package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.ResponseHead;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/** A reply whose message came compressed; or, where that failed, the error in its place. */
record InflatedReply(ResponseHead head, ByteBuf message) {

  /** Inflates and releases the packed message. */
  static InflatedReply of(ResponseHead head, Coding coding, ByteBuf packed, Limits limits) {
    try {
      ByteBuf plain = coding.inflate(packed, limits.messageBytes(), limits.decodedRatio());
      return new InflatedReply(head, plain);
    } catch (RpcException e) {
      return failed(head, e.status());
    } catch (IllegalArgumentException e) {
      return failed(head, Status.of(Status.Code.INTERNAL, String.valueOf(e.getMessage())));
    } finally {
      packed.release();
    }
  }

  /** Ends the call with it, on the loop; releases the message. */
  void to(Exchange<?> call, Executor loop) {
    try {
      call.replied(head, message, loop);
    } finally {
      message.release();
    }
  }

  private static InflatedReply failed(ResponseHead head, Status status) {
    ResponseHead told =
        new ResponseHead(
            status,
            head.keep(),
            head.refused(),
            head.serverNanos(),
            head.queueNanos(),
            head.metadata());
    return new InflatedReply(told, Frames.EMPTY);
  }
}
