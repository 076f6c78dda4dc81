package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.ledger.Callee;
import io.netty.buffer.ByteBuf;

/** COLLECT: a client asks for the server's part of traces that have turned out to matter. */
public final class CollectFrame {
  private static final int COUNT_BYTES = 2;
  private static final int ID_BYTES = 16;

  private CollectFrame() {}

  /**
   * Appends the frame.
   *
   * @param traceIds upper and lower half of each id in turn
   */
  public static void write(ByteBuf out, long[] traceIds) {
    int traces = traceIds.length / 2;
    FrameHeader.write(out, COUNT_BYTES + traces * ID_BYTES, FrameType.COLLECT, 0, 0);
    out.writeShort(traces);
    for (int i = 0; i < 2 * traces; i++) {
      out.writeLong(traceIds[i]);
    }
  }

  /**
   * Reads the payload; what follows the ids is left to later versions.
   *
   * @return upper and lower half of each id in turn
   * @throws ProtocolException if there are no ids, too many, or fewer than announced
   */
  public static long[] read(ByteBuf in) {
    WireText.need(in, COUNT_BYTES, "COLLECT");
    int traces = in.readUnsignedShort();
    if (traces == 0 || traces > Callee.MOST_TRACES) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "traces to collect: " + traces + " (expected: 1 to " + Callee.MOST_TRACES + ")");
    }
    WireText.need(in, traces * ID_BYTES, "COLLECT");
    long[] ids = new long[2 * traces];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = in.readLong();
    }
    return ids;
  }
}
