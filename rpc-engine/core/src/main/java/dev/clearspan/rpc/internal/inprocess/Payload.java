package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.nio.ByteBuffer;

/** Messages as bytes. */
final class Payload {
  private Payload() {}

  /**
   * The message's bytes.
   *
   * @throws RpcException if they are more than that (RESOURCE_EXHAUSTED), or there are none
   *     (INTERNAL)
   */
  static <T> byte[] of(Codec<T> codec, T message, int mostBytes) {
    try {
      int size = codec.sizeOf(message);
      if (size > mostBytes) {
        throw new RpcException(
            Status.Code.RESOURCE_EXHAUSTED,
            "message: %d bytes (expected: <= %d)".formatted(size, mostBytes));
      }
      ByteBuffer bytes = ByteBuffer.allocate(size);
      codec.encode(message, bytes);
      return bytes.array();
    } catch (IllegalArgumentException e) {
      throw new RpcException(Status.Code.INTERNAL, "message cannot be encoded: " + e.getMessage());
    }
  }
}
