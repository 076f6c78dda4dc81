package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.coding.Coding;
import io.netty.buffer.ByteBuf;

/** The gzip message encoding with gRPC's word for what is none: INTERNAL. */
final class Gzip {
  private Gzip() {}

  /** Appends the compressed bytes. */
  static void deflate(ByteBuf plain, ByteBuf out) {
    Coding.GZIP.deflate(plain, out);
  }

  /**
   * The plain bytes, in one buffer that the caller owns. Does not consume the source.
   *
   * @throws RpcException RESOURCE_EXHAUSTED if they are more than a message may have, or too many
   *     for their source; INTERNAL if the source is no gzip
   */
  static ByteBuf inflate(ByteBuf source, Limits limits) {
    try {
      return Coding.GZIP.inflate(source, limits.messageBytes(), limits.decodedRatio());
    } catch (IllegalArgumentException e) {
      throw new RpcException(Status.Code.INTERNAL, String.valueOf(e.getMessage()));
    }
  }
}
