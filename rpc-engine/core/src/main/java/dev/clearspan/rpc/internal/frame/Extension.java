package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;

/**
 * Room for later versions: a frame with this flag carries, before its payload, two bytes of length
 * and that many bytes which this version skips.
 */
final class Extension {
  static final int FLAG = 0x80;

  private Extension() {}

  static void skip(ByteBuf in, int flags) {
    if ((flags & FLAG) != 0) {
      WireText.need(in, 2, "extension");
      int length = in.readUnsignedShort();
      WireText.need(in, length, "extension");
      in.skipBytes(length);
    }
  }
}
