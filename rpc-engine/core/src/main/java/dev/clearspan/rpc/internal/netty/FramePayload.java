package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A request's payload: small ones are decoded at once, large ones where the handler runs. */
final class FramePayload {
  private FramePayload() {}

  /**
   * The message, or the retained bytes.
   *
   * @param coding how it is compressed; null: it is not
   * @throws UndecodableRequest if a small payload is not the method's request
   */
  static <Q> RequestSource<Q> source(
      MethodSpec<Q, ?> method, ByteBuf payload, @Nullable Coding coding, Limits limits) {
    if (coding != null) {
      return new PackedSource<>(method, payload.retain(), coding, limits);
    }
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

  /** Inflated where the handler runs, whatever its size: it may grow. */
  private record PackedSource<Q>(
      MethodSpec<Q, ?> method, ByteBuf packed, Coding coding, Limits limits)
      implements RequestSource<Q> {
    @Override
    public Q read() {
      ByteBuf plain = inflated();
      try {
        return decode(method, plain);
      } finally {
        plain.release();
      }
    }

    private ByteBuf inflated() {
      try {
        return coding.inflate(packed, limits.messageBytes(), limits.decodedRatio());
      } catch (IllegalArgumentException e) {
        throw new UndecodableRequest(method.fullName(), e);
      }
    }

    @Override
    public void release() {
      packed.release();
    }
  }

  private static <Q> Q decode(MethodSpec<Q, ?> method, ByteBuf payload) {
    try {
      return method.requestCodec().decode(PayloadView.readable(payload));
    } catch (RuntimeException e) {
      throw new UndecodableRequest(method.fullName(), e);
    }
  }
}
