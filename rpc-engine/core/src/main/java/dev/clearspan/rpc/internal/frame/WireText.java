package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** Strings on the wire: two bytes of length, then UTF-8; and the checks before each read. */
final class WireText {
  private WireText() {}

  static int size(String text) {
    return 2 + ByteBufUtil.utf8Bytes(text);
  }

  static void write(ByteBuf out, String text) {
    int start = out.writerIndex();
    out.writeShort(0);
    int length = ByteBufUtil.writeUtf8(out, text);
    if (length > 0xffff) {
      throw new IllegalArgumentException("text: " + length + " bytes (expected: <= 65535)");
    }
    out.setShort(start, length);
  }

  static String read(ByteBuf in, int most, String what) {
    need(in, 2, what);
    int length = in.readUnsignedShort();
    if (length > most) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          what + ": " + length + " bytes (expected: <= " + most + ")");
    }
    need(in, length, what);
    String text = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
    in.skipBytes(length);
    return text;
  }

  /** The text, shortened so that its UTF-8 form has at most {@code most} bytes. */
  static String cut(String text, int most) {
    String shown = text.length() > most ? text.substring(0, most) : text;
    while (ByteBufUtil.utf8Bytes(shown) > most) {
      shown = shown.substring(0, shown.length() * 3 / 4);
    }
    return shown;
  }

  static void need(ByteBuf in, int bytes, String what) {
    if (in.readableBytes() < bytes) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          what + ": " + in.readableBytes() + " bytes left (expected: >= " + bytes + ")");
    }
  }
}
