package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.FrameHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a side compresses the messages it sends: those at which it can pay off.
 *
 * @param coding null: not at all
 */
record Packing(@Nullable Coding coding) {
  static final Packing NONE = new Packing(null);

  private static final int LEAST_BYTES = 1024;
  private static final Packing GZIP = new Packing(Coding.GZIP);
  private static final Packing ZSTD = new Packing(Coding.ZSTD);

  /** What is wanted, or what comes nearest to it, of what the peer takes. */
  static Packing of(Compression wanted, Set<Coding> taken) {
    if (wanted == Compression.ZSTD
        && taken.contains(Coding.ZSTD)
        && Coding.AVAILABLE.contains(Coding.ZSTD)) {
      return ZSTD;
    }
    return wanted != Compression.NONE && taken.contains(Coding.GZIP) ? GZIP : NONE;
  }

  /**
   * The frame, with its message compressed and the flag set if that makes it smaller; takes over
   * the frame that is given.
   *
   * @param headBytes length of what stands before the message
   */
  ByteBuf apply(ByteBuf frame, int headBytes) {
    int size = frame.readableBytes() - headBytes;
    if (coding == null || size < LEAST_BYTES) {
      return frame;
    }
    ByteBuf packed = ByteBufAllocator.DEFAULT.directBuffer(headBytes + size / 4);
    packed.writeBytes(frame, frame.readerIndex(), headBytes);
    coding.deflate(frame.slice(frame.readerIndex() + headBytes, size), packed);
    if (packed.readableBytes() >= frame.readableBytes()) {
      packed.release();
      return frame;
    }
    frame.release();
    FrameHeader.patchLength(packed);
    Compressed.mark(packed, coding);
    return packed;
  }
}
