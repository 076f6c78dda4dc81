package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * Writes length-prefixed messages: one byte that says whether it is compressed, four of length, the
 * bytes (PROTOCOL-HTTP2.md, "Length-Prefixed-Message").
 */
final class MessageFrame {
  static final int PREFIX_BYTES = 5;

  private MessageFrame() {}

  /**
   * The encoded message with its prefix, in one buffer that the caller owns.
   *
   * @param most largest encoded message
   * @throws RpcException RESOURCE_EXHAUSTED if it is larger
   * @throws RuntimeException what the codec throws at messages that it cannot encode
   */
  static <T> ByteBuf encode(Codec<T> codec, T message, boolean gzip, int most) {
    int size = codec.sizeOf(message);
    if (size > most) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "message: %d bytes (expected: <= %d)".formatted(size, most));
    }
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(PREFIX_BYTES + size);
    try {
      frame.writeByte(0).writeInt(size);
      ByteBuffer target = frame.internalNioBuffer(PREFIX_BYTES, size);
      codec.encode(message, target);
      frame.writerIndex(PREFIX_BYTES + size);
      return gzip ? compressed(frame) : frame;
    } catch (RuntimeException e) {
      frame.release();
      throw e;
    }
  }

  /** The same message compressed; takes over the plain frame. */
  private static ByteBuf compressed(ByteBuf plain) {
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(plain.readableBytes());
    try {
      frame.writeByte(1).writeInt(0);
      Gzip.deflate(plain.slice(PREFIX_BYTES, plain.readableBytes() - PREFIX_BYTES), frame);
      frame.setInt(1, frame.readableBytes() - PREFIX_BYTES);
      plain.release();
      return frame;
    } catch (RuntimeException e) {
      frame.release();
      throw e;
    }
  }
}
