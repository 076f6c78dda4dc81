package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;

/**
 * A request's payload: small ones are decoded at once, large and compressed ones where the handler
 * runs.
 */
final class GrpcPayload {
  private static final int PARSE_ON_LOOP_BYTES = 64 * 1024;

  private GrpcPayload() {}

  /** Whether {@link #source} decodes such a payload at once. */
  static boolean isDecoded(int bytes, boolean compressed) {
    return !compressed && bytes <= PARSE_ON_LOOP_BYTES;
  }

  /**
   * The message, or the retained bytes.
   *
   * @throws UndecodableRequest if a small payload is not the method's request
   */
  static <Q> RequestSource<Q> source(
      MethodSpec<Q, ?> method, ByteBuf payload, boolean compressed, Limits limits) {
    if (isDecoded(payload.readableBytes(), compressed)) {
      return RequestSource.of(decode(method, payload));
    }
    ByteBuf kept = payload.retain();
    return new RequestSource<>() {
      @Override
      public Q read() {
        return compressed ? inflated(method, kept, limits) : decode(method, kept);
      }

      @Override
      public void release() {
        kept.release();
      }
    };
  }

  private static <Q> Q inflated(MethodSpec<Q, ?> method, ByteBuf payload, Limits limits) {
    ByteBuf plain = Gzip.inflate(payload, limits);
    try {
      return decode(method, plain);
    } finally {
      plain.release();
    }
  }

  private static <Q> Q decode(MethodSpec<Q, ?> method, ByteBuf payload) {
    try {
      return method.requestCodec().decode(payload.nioBuffer());
    } catch (RuntimeException e) {
      throw new UndecodableRequest(method.fullName(), e);
    }
  }
}
