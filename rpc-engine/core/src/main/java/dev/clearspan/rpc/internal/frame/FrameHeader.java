package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;

/** The 10 bytes before each frame's payload: length (4), type (1), flags (1), stream id (4). */
public final class FrameHeader {
  public static final int LENGTH = 10;

  private static final int STREAM_OFFSET = 6;

  private FrameHeader() {}

  /** Appends a header; {@code length} counts the payload only. */
  public static void write(ByteBuf out, int length, int type, int flags, int streamId) {
    out.writeInt(length).writeByte(type).writeByte(flags).writeInt(streamId);
  }

  /** Fills in the header of a frame whose payload has been written behind it. */
  public static void patch(ByteBuf frame, int type, int flags, int streamId) {
    int start = frame.readerIndex();
    frame.setInt(start, frame.readableBytes() - LENGTH);
    frame.setByte(start + 4, type);
    frame.setByte(start + 5, flags);
    frame.setInt(start + STREAM_OFFSET, streamId);
  }

  /** Sets the length of a frame whose payload has changed. */
  public static void patchLength(ByteBuf frame) {
    frame.setInt(frame.readerIndex(), frame.readableBytes() - LENGTH);
  }

  /** Sets the stream id of an otherwise complete frame. */
  public static void patchStream(ByteBuf frame, int streamId) {
    frame.setInt(frame.readerIndex() + STREAM_OFFSET, streamId);
  }
}
