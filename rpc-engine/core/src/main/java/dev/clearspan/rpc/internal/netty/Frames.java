package dev.clearspan.rpc.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Buffers for small frames. */
final class Frames {
  static final ByteBuf EMPTY = Unpooled.EMPTY_BUFFER;

  private static final int SMALL = 256;

  private Frames() {}

  /** A buffer with what the writer appends; owned by the caller. */
  static ByteBuf of(Consumer<ByteBuf> writer) {
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(SMALL);
    try {
      writer.accept(frame);
      return frame;
    } catch (RuntimeException e) {
      frame.release();
      throw e;
    }
  }
}
