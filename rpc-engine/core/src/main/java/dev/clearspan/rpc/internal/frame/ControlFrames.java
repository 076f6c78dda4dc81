package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;

/** The frames without content of their own: CANCEL, PING and PONG. */
public final class ControlFrames {
  public static final int PING_BYTES = 8;

  private ControlFrames() {}

  public static void writeCancel(ByteBuf out, int streamId) {
    FrameHeader.write(out, 0, FrameType.CANCEL, 0, streamId);
  }

  /** Appends a PING; the peer's PONG returns the token. */
  public static void writePing(ByteBuf out, long token) {
    FrameHeader.write(out, PING_BYTES, FrameType.PING, 0, 0);
    out.writeLong(token);
  }

  public static void writePong(ByteBuf out, long token) {
    FrameHeader.write(out, PING_BYTES, FrameType.PONG, 0, 0);
    out.writeLong(token);
  }

  /** Reads the token of a PING or PONG. */
  public static long readToken(ByteBuf in) {
    WireText.need(in, PING_BYTES, "PING");
    return in.readLong();
  }
}
