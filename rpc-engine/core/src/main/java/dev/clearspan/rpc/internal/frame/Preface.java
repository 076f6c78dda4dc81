package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;

/**
 * The 8 bytes each side sends first. The first byte begins neither a TLS record nor an HTTP method;
 * the last is the highest protocol version the sender speaks, and both sides then speak the lower
 * of the two.
 */
public final class Preface {
  public static final int LENGTH = 8;
  public static final int VERSION = 1;
  public static final int FIRST_BYTE = 0xC5;

  private static final byte[] FIXED = {(byte) FIRST_BYTE, 'C', 'L', 'E', 'A', 'R', 0};

  private Preface() {}

  public static void write(ByteBuf out) {
    out.writeBytes(FIXED).writeByte(VERSION);
  }

  /**
   * Reads the preface and returns the version to speak.
   *
   * @throws ProtocolException if the bytes are another protocol's
   */
  static int read(ByteBuf in) {
    int start = in.readerIndex();
    for (int i = 0; i < FIXED.length; i++) {
      if (in.getByte(start + i) != FIXED[i]) {
        throw new ProtocolException(
            GoAway.Reason.PROTOCOL_ERROR,
            "preface: " + hex(in, start) + " (expected: c5434c4541520001)");
      }
    }
    int version = in.getUnsignedByte(start + FIXED.length);
    if (version < 1) {
      throw new ProtocolException(
          GoAway.Reason.UNSUPPORTED_VERSION, "version: " + version + " (expected: >= 1)");
    }
    in.skipBytes(LENGTH);
    return Math.min(version, VERSION);
  }

  private static String hex(ByteBuf in, int start) {
    return io.netty.buffer.ByteBufUtil.hexDump(in, start, LENGTH);
  }
}
