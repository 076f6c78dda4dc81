package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.internal.coding.Coding;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The flags of REQUEST, RESPONSE and the last DATA of a message that say that the message, and
 * nothing before it, is compressed, and how. Only set towards a peer whose HELLO names the coding.
 */
public final class Compressed {
  private static final int FLAG = 0x40;

  /** Beside the other one: with zstd and not with gzip. */
  private static final int WITH_ZSTD = 0x20;

  private static final int BOTH = FLAG | WITH_ZSTD;
  private static final int FLAGS_OFFSET = 5;

  private Compressed() {}

  /** How the message of a frame with these flags is compressed; null: it is not. */
  public static @Nullable Coding in(int flags) {
    if ((flags & FLAG) == 0) {
      return null;
    }
    return (flags & WITH_ZSTD) == 0 ? Coding.GZIP : Coding.ZSTD;
  }

  /** Sets the flags in a frame that is otherwise complete. */
  public static void mark(ByteBuf frame, Coding coding) {
    int at = frame.readerIndex() + FLAGS_OFFSET;
    frame.setByte(at, frame.getByte(at) | (coding == Coding.ZSTD ? BOTH : FLAG));
  }

  /** The flags that {@link #mark} has set in the frame that begins at this index. */
  static int flags(ByteBuf frame, int start) {
    return frame.getByte(start + FLAGS_OFFSET) & BOTH;
  }
}
