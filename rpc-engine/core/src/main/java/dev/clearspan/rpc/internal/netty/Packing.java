package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.FrameHeader;
import dev.clearspan.rpc.internal.gzip.Gzip;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Which messages a side compresses.
 *
 * @param fromBytes those of at least this size; {@link Integer#MAX_VALUE}: none
 */
public record Packing(int fromBytes) {
  public static final int LEAST_BYTES = 1024;
  public static final Packing NONE = new Packing(Integer.MAX_VALUE);

  /** All from the size on at which it can pay off. */
  public static final Packing LARGE = new Packing(LEAST_BYTES);

  public Packing {
    if (fromBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "compress from: " + fromBytes + " bytes (expected: >= " + LEAST_BYTES + ")");
    }
  }

  /**
   * The frame, with its message compressed and the flag set if that makes it smaller; takes over
   * the frame that is given.
   *
   * @param headBytes length of what stands before the message
   */
  ByteBuf apply(ByteBuf frame, int headBytes) {
    int size = frame.readableBytes() - headBytes;
    if (size < fromBytes) {
      return frame;
    }
    ByteBuf packed = ByteBufAllocator.DEFAULT.directBuffer(headBytes + size / 4);
    packed.writeBytes(frame, frame.readerIndex(), headBytes);
    Gzip.deflate(frame.slice(frame.readerIndex() + headBytes, size), packed);
    if (packed.readableBytes() >= frame.readableBytes()) {
      packed.release();
      return frame;
    }
    frame.release();
    FrameHeader.patchLength(packed);
    Compressed.mark(packed);
    return packed;
  }
}
