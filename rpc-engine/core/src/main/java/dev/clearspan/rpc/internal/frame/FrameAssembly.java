package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames together from what the socket brings. Whole frames are decoded where they lie; only
 * the beginning of one that is not complete yet is copied, and then as much of the following bytes
 * as it lacks. Not thread-safe; one per connection.
 */
public final class FrameAssembly {
  /** Room made at first for a frame that has begun, so that a header alone reserves little. */
  private static final int FIRST_ROOM = 16 * 1_024;

  private final FrameDecoder decoder;
  private @Nullable ByteBuf begun;
  private boolean closed;

  public FrameAssembly(FrameDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Decodes all frames that are complete with these bytes, and releases the bytes.
   *
   * @throws ProtocolException if the bytes break the protocol; nothing further can be decoded
   */
  public void read(ByteBuf in, ByteBufAllocator allocator) {
    try {
      if (begun != null) {
        complete(begun, in);
      }
      if (begun == null && in.isReadable()) {
        decoder.decode(in);
        keepBeginning(in, allocator);
      }
    } finally {
      in.release();
    }
  }

  /** Gives up what has begun; nothing more is kept. */
  public void close() {
    closed = true;
    ByteBuf beginning = begun;
    if (beginning != null) {
      begun = null;
      beginning.release();
    }
  }

  private void complete(ByteBuf beginning, ByteBuf in) {
    int missing = decoder.missing(beginning);
    while (missing > 0 && in.isReadable()) {
      beginning.writeBytes(in, Math.min(missing, in.readableBytes()));
      missing = decoder.missing(beginning);
    }
    if (missing == 0) {
      begun = null;
      try {
        decoder.decode(beginning);
      } finally {
        beginning.release();
      }
    }
  }

  private void keepBeginning(ByteBuf in, ByteBufAllocator allocator) {
    if (in.isReadable() && !closed) {
      int whole = in.readableBytes() + decoder.missing(in);
      int room = Math.max(in.readableBytes(), Math.min(whole, FIRST_ROOM));
      begun = allocator.buffer(room).writeBytes(in);
    }
  }
}
