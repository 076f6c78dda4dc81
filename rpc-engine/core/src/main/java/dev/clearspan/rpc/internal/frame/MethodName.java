package dev.clearspan.rpc.internal.frame;

import io.netty.buffer.ByteBuf;

/**
 * Binds a number to a method for the rest of the connection, so that requests carry two bytes
 * instead of its name.
 *
 * @param id 1 to {@value #MAX_ID}
 * @param fullName "package.Service/Method", at most {@value #MAX_NAME} bytes
 * @param codec name of the payload codec
 */
public record MethodName(int id, String fullName, String codec) {
  public static final int MAX_ID = 1024;
  static final int MAX_NAME = 512;
  static final int MAX_CODEC = 32;

  /** Appends the complete frame. */
  public void write(ByteBuf out) {
    int length = 2 + WireText.size(fullName) + WireText.size(codec);
    FrameHeader.write(out, length, FrameType.METHOD, 0, 0);
    out.writeShort(id);
    WireText.write(out, fullName);
    WireText.write(out, codec);
  }

  /** Reads a payload. */
  public static MethodName read(ByteBuf in) {
    WireText.need(in, 2, "METHOD");
    int id = in.readUnsignedShort();
    if (id < 1 || id > MAX_ID) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "method id: " + id + " (expected: between 1 and " + MAX_ID + ")");
    }
    String name = WireText.read(in, MAX_NAME, "method name");
    return new MethodName(id, name, WireText.read(in, MAX_CODEC, "codec name"));
  }
}
