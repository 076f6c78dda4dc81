package dev.clearspan.rpc;

import java.nio.ByteBuffer;

/**
 * Turns messages into payload bytes and back. Implementations are stateless and thread-safe.
 *
 * @param <T> the message type
 */
public interface Codec<T> {
  /** Name on the wire: "proto", "json", "bytes" or the user's own. */
  String name();

  /** Exact number of bytes that {@link #encode} will write. */
  int sizeOf(T message);

  /** Writes exactly {@link #sizeOf} bytes at the target's position. */
  void encode(T message, ByteBuffer target);

  /**
   * Reads one message from all remaining bytes. The buffer is only valid during this call.
   *
   * @throws IllegalArgumentException if the bytes are not a message of this type; the message says
   *     what was found and what was expected
   */
  T decode(ByteBuffer source);
}
