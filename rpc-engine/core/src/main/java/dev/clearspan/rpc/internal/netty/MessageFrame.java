package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.frame.FrameHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A stream's message as bytes, behind the room that a DATA frame's header takes. */
final class MessageFrame {
  private MessageFrame() {}

  /** Size of the encoded message, checked. */
  static <T> int sizeOf(Codec<T> codec, T message, int mostBytes, String method) {
    int size;
    try {
      size = codec.sizeOf(message);
    } catch (RuntimeException e) {
      throw failed(method, e);
    }
    if (size > mostBytes) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "message of %s: %d bytes (expected: <= %d)".formatted(method, size, mostBytes));
    }
    return size;
  }

  /** The message, compressed if that pays off; otherwise like the other one. */
  static <T> ByteBuf encode(Codec<T> codec, T message, int size, String method, Packing packing) {
    ByteBuf frame = encode(codec, message, size, method).readerIndex(0);
    return packing.apply(frame, FrameHeader.LENGTH).skipBytes(FrameHeader.LENGTH);
  }

  /** The frame, owned by the caller; its payload begins at the reader index. */
  static <T> ByteBuf encode(Codec<T> codec, T message, int size, String method) {
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(FrameHeader.LENGTH + size);
    try {
      frame.writeZero(FrameHeader.LENGTH).readerIndex(FrameHeader.LENGTH);
      codec.encode(message, PayloadView.writable(frame, size));
      frame.writerIndex(FrameHeader.LENGTH + size);
      return frame;
    } catch (RuntimeException e) {
      frame.release();
      throw failed(method, e);
    }
  }

  private static RpcException failed(String method, RuntimeException cause) {
    return new RpcException(
        Status.of(Status.Code.INTERNAL, "message of " + method + " could not be encoded: " + cause),
        Metadata.EMPTY,
        RpcException.Origin.LOCAL,
        null,
        cause);
  }
}
