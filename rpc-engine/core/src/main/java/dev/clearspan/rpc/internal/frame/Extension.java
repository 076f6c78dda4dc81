package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.balance.LoadReport;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What came later than the frames it stands in: a frame with this flag carries, before its message,
 * two bytes of length and in them fields of tag (1), length (2), value. Unknown fields are skipped,
 * and all of them by those who know none.
 */
final class Extension {
  static final int FLAG = 0x80;

  private static final int LOAD = 1;
  private static final int LOAD_VALUE_BYTES = 18;
  private static final int FIELD_HEAD = 3;
  private static final double CPU_STEPS = 10_000;
  private static final int CPU_UNKNOWN = 0xffff;

  /** Size of an extension that is a load report. */
  static final int LOAD_BYTES = 2 + FIELD_HEAD + LOAD_VALUE_BYTES;

  private Extension() {}

  static void skip(ByteBuf in, int flags) {
    if ((flags & FLAG) != 0) {
      in.skipBytes(length(in));
    }
  }

  /** Reads it; returns the load report that it may hold. */
  static @Nullable LoadReport readLoad(ByteBuf in) {
    ByteBuf fields = in.readSlice(length(in));
    LoadReport found = null;
    while (fields.isReadable()) {
      WireText.need(fields, FIELD_HEAD, "extension field");
      int tag = fields.readUnsignedByte();
      int length = fields.readUnsignedShort();
      WireText.need(fields, length, "extension field " + tag);
      ByteBuf value = fields.readSlice(length);
      if (tag == LOAD) {
        WireText.need(value, LOAD_VALUE_BYTES, "load report");
        found = load(value);
      }
    }
    return found;
  }

  /** Appends one that is a load report. */
  static void writeLoad(ByteBuf out, LoadReport load) {
    out.writeShort(LOAD_BYTES - 2);
    out.writeByte(LOAD).writeShort(LOAD_VALUE_BYTES);
    out.writeShort(steps(load.cpu())).writeInt(load.inFlight()).writeInt(load.queued());
    out.writeLong(load.handlerNanos());
  }

  private static LoadReport load(ByteBuf value) {
    int steps = value.readUnsignedShort();
    double cpu = steps == CPU_UNKNOWN ? Double.NaN : Math.min(1, steps / CPU_STEPS);
    int inFlight = Math.max(0, value.readInt());
    int queued = Math.max(0, value.readInt());
    return new LoadReport(cpu, inFlight, queued, Math.max(0, value.readLong()), 0);
  }

  private static int steps(double cpu) {
    return Double.isNaN(cpu)
        ? CPU_UNKNOWN
        : (int) Math.round(CPU_STEPS * Math.min(1, Math.max(0, cpu)));
  }

  private static int length(ByteBuf in) {
    WireText.need(in, 2, "extension");
    int length = in.readUnsignedShort();
    WireText.need(in, length, "extension");
    return length;
  }
}
