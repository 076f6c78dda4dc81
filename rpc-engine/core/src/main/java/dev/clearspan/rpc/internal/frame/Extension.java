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
  private static final int LOAD_VALUE_BYTES = 20;

  /** Without what was added later. */
  private static final int FIRST_LOAD_VALUE_BYTES = 18;

  private static final int FIELD_HEAD = 3;
  private static final double STEPS = 10_000;
  private static final int UNKNOWN = 0xffff;

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
        WireText.need(value, FIRST_LOAD_VALUE_BYTES, "load report");
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
    out.writeLong(load.handlerNanos()).writeShort(steps(load.memory()));
  }

  private static LoadReport load(ByteBuf value) {
    double cpu = share(value.readUnsignedShort());
    int inFlight = Math.max(0, value.readInt());
    int queued = Math.max(0, value.readInt());
    long handlerNanos = Math.max(0, value.readLong());
    double memory = share(value.readableBytes() < 2 ? UNKNOWN : value.readUnsignedShort());
    return new LoadReport(cpu, memory, inFlight, queued, handlerNanos, 0);
  }

  private static double share(int steps) {
    return steps == UNKNOWN ? Double.NaN : Math.min(1, steps / STEPS);
  }

  private static int steps(double share) {
    return Double.isNaN(share)
        ? UNKNOWN
        : (int) Math.round(STEPS * Math.min(1, Math.max(0, share)));
  }

  private static int length(ByteBuf in) {
    WireText.need(in, 2, "extension");
    int length = in.readUnsignedShort();
    WireText.need(in, length, "extension");
    return length;
  }
}
