package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * No further calls on this connection. It is said twice where nothing is wrong: first with {@link
 * #ANNOUNCED}, so that calls under way still count, then with the last stream it will answer.
 *
 * @param lastStream calls with a later stream id were not and will not be run
 * @param reason why
 * @param text details for people, at most {@value #MAX_TEXT} bytes
 */
public record GoAway(int lastStream, Reason reason, String text) {
  /** Last stream of the first step: not known yet. */
  public static final int ANNOUNCED = Integer.MAX_VALUE;

  static final int MAX_TEXT = 512;

  /** Why a connection ends. The ordinal is the number on the wire. */
  public enum Reason {
    DRAINING,
    PROTOCOL_ERROR,
    FRAME_TOO_LARGE,
    METADATA_TOO_LARGE,
    UNSUPPORTED_VERSION,
    HANDSHAKE_TIMEOUT,
    TOO_MANY_PINGS,
    TOO_MANY_CONNECTIONS,
    INTERNAL_ERROR,
    /** Another connection is asked for in place of this one; the server stays. */
    RENEWAL;

    private static final Reason[] BY_NUMBER = values();

    static Reason of(int number) {
      return number < BY_NUMBER.length ? BY_NUMBER[number] : INTERNAL_ERROR;
    }
  }

  /** Appends the complete frame. */
  public void write(ByteBuf out) {
    String shown = WireText.cut(text, MAX_TEXT);
    int length = 4 + 1 + 2 + ByteBufUtil.utf8Bytes(shown);
    FrameHeader.write(out, length, FrameType.GOAWAY, 0, 0);
    out.writeInt(lastStream).writeByte(reason.ordinal());
    WireText.write(out, shown);
  }

  /** Reads a payload. */
  public static GoAway read(ByteBuf in) {
    WireText.need(in, 5, "GOAWAY");
    int lastStream = in.readInt();
    Reason reason = Reason.of(in.readUnsignedByte());
    return new GoAway(lastStream, reason, WireText.read(in, MAX_TEXT, "GOAWAY text"));
  }
}
