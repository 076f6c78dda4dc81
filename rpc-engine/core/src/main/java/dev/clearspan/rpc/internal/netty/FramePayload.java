package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;

/** A request's payload: small ones are decoded at once, large ones where the handler runs. */
final class FramePayload {
  private FramePayload() {}

  /**
   * The message, or the retained bytes.
   *
   * @throws UndecodableRequest if a small payload is not the method's request
   */
  static <Q> RequestSource<Q> source(MethodSpec<Q, ?> method, ByteBuf payload) {
    if (payload.readableBytes() <= PendingCall.PARSE_ON_LOOP_BYTES) {
      return RequestSource.of(decode(method, payload));
    }
    ByteBuf kept = payload.retain();
    return new RequestSource<>() {
      @Override
      public Q read() {
        return decode(method, kept);
      }

      @Override
      public void release() {
        kept.release();
      }
    };
  }

  private static <Q> Q decode(MethodSpec<Q, ?> method, ByteBuf payload) {
    try {
      return method.requestCodec().decode(PayloadView.readable(payload));
    } catch (RuntimeException e) {
      throw new UndecodableRequest(method.fullName(), e);
    }
  }
}
