package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;

/**
 * The flag of REQUEST and RESPONSE that says that the message, and nothing before it, is
 * compressed. Only set towards a peer whose HELLO accepts gzip.
 */
public final class Compressed {
  static final int FLAG = 0x40;

  private static final int FLAGS_OFFSET = 5;

  private Compressed() {}

  /** Whether the message of a frame with these flags is compressed. */
  public static boolean in(int flags) {
    return (flags & FLAG) != 0;
  }

  /** Sets the flag in a frame that is otherwise complete. */
  public static void mark(ByteBuf frame) {
    int at = frame.readerIndex() + FLAGS_OFFSET;
    frame.setByte(at, frame.getByte(at) | FLAG);
  }
}
