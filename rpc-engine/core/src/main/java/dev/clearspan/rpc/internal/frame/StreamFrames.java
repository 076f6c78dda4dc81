package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import io.netty.buffer.ByteBuf;

/** The frames of streams: HEADERS, DATA, END and WINDOW. */
public final class StreamFrames {
  /** Longest payload of a DATA frame: a longer message takes several. */
  public static final int PIECE = 16 * 1024;

  /** What a DATA frame costs of the window beside its payload: the receiver keeps book of it. */
  public static final int FRAME_COST = 64;

  /** Flag on DATA: the message is complete with this piece. */
  public static final int LAST = 0x01;

  private StreamFrames() {}

  /** What a DATA frame with this much payload costs of both windows. */
  public static int cost(int payloadBytes) {
    return payloadBytes + FRAME_COST;
  }

  /** Appends the header of a DATA frame of a message as it is; the piece follows. */
  public static void writeDataHeader(ByteBuf out, int streamId, int payloadBytes, boolean last) {
    FrameHeader.write(out, payloadBytes, FrameType.DATA, last ? LAST : 0, streamId);
  }

  /**
   * Appends the header of the last DATA frame of a message that was made behind the room for a
   * header, where {@link Compressed} may have left its mark.
   */
  public static void writeLastHeader(ByteBuf out, int streamId, ByteBuf message) {
    int flags = LAST | Compressed.flags(message, 0);
    FrameHeader.write(out, message.readableBytes(), FrameType.DATA, flags, streamId);
  }

  /** Fills in the header of a DATA frame that is a whole message, marked or not. */
  public static void completeData(ByteBuf frame, int streamId) {
    int flags = LAST | Compressed.flags(frame, frame.readerIndex());
    FrameHeader.patch(frame, FrameType.DATA, flags, streamId);
  }

  /** Checks the length of a DATA frame's payload. */
  public static void checkPiece(int payloadBytes) {
    if (payloadBytes > PIECE) {
      throw new ProtocolException(
          GoAway.Reason.FRAME_TOO_LARGE,
          "DATA: " + payloadBytes + " bytes (expected: <= " + PIECE + ")");
    }
  }

  public static void writeEnd(ByteBuf out, int streamId) {
    FrameHeader.write(out, 0, FrameType.END, 0, streamId);
  }

  /** Appends a WINDOW frame; stream 0 means the connection. */
  public static void writeWindow(ByteBuf out, int streamId, int increment) {
    FrameHeader.write(out, 4, FrameType.WINDOW, 0, streamId);
    out.writeInt(increment);
  }

  /** Reads a WINDOW's increment. */
  public static int readWindow(ByteBuf in) {
    WireText.need(in, 4, "WINDOW");
    int increment = in.readInt();
    if (increment < 1) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR, "WINDOW: " + increment + " (expected: >= 1)");
    }
    return increment;
  }

  /** Appends a HEADERS frame. */
  public static void writeHeaders(ByteBuf out, int streamId, Metadata headers) {
    int start = out.writerIndex();
    FrameHeader.write(out, 0, FrameType.HEADERS, 0, streamId);
    MetadataBlock.write(out, headers);
    out.setInt(start, out.writerIndex() - start - FrameHeader.LENGTH);
  }

  public static Metadata readHeaders(ByteBuf in, int flags, Limits limits) {
    Extension.skip(in, flags);
    return MetadataBlock.read(in, limits);
  }
}
