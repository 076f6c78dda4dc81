package dev.clearspan.rpc.internal.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Netty's buffers as codecs see them, without a copy where the bytes lie in one piece. */
public final class PayloadView {
  private PayloadView() {}

  /** The readable bytes; valid as long as the buffer is. */
  public static ByteBuffer readable(ByteBuf payload) {
    return payload.nioBuffer();
  }

  /** The next {@code length} writable bytes. */
  public static ByteBuffer writable(ByteBuf frame, int length) {
    return frame.internalNioBuffer(frame.writerIndex(), length);
  }
}
